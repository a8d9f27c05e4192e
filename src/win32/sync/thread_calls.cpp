// SPDX-License-Identifier: MIT
// Threads and events.
#include "win32/export.hpp"
#include "win32/last_error.hpp"
#include "win32/loader/own_library.hpp"
#include "win32/sync/create_event.hpp"
#include "win32/sync/mutex_object.hpp"

#include <process.h>

#include <pthread.h>

#include <cerrno>
#include <exception>
#include <future>
#include <memory>
#include <thread>

using namespace tcptable::win32;

namespace {

// Says that the thread has ended also where ExitThread unwinds it.
class EndOfThread {
 public:
  explicit EndOfThread(std::shared_ptr<ThreadObject> thread) : thread_(std::move(thread)) {}
  EndOfThread(const EndOfThread&) = delete;
  EndOfThread& operator=(const EndOfThread&) = delete;
  ~EndOfThread() {
    abandon_mutexes_of_this_thread();
    thread_->end(code);
  }

  DWORD code = 0;

 private:
  const std::shared_ptr<ThreadObject> thread_;
};

// What ExitThread sets; null in threads that others have made.
thread_local EndOfThread* current_end = nullptr;

void run(const std::shared_ptr<ThreadObject>& thread, LPTHREAD_START_ROUTINE routine, LPVOID parameter,
         std::promise<DWORD>& id) {
  EndOfThread end(thread);
  current_end = &end;
  id.set_value(GetCurrentThreadId());
  thread->wait_for_start();
  end.code = routine(parameter);
}

OrCode<std::shared_ptr<ThreadObject>> thread_of(HANDLE handle) {
  auto thread = object_of<ThreadObject>(handle);
  if (thread == nullptr) return tl::unexpected<DWORD>(ERROR_INVALID_HANDLE);
  return thread;
}

DWORD start(LPTHREAD_START_ROUTINE routine, LPVOID parameter, DWORD flags, HANDLE& handle, DWORD& id) {
  auto thread = std::make_shared<ThreadObject>((flags & CREATE_SUSPENDED) != 0);
  std::promise<DWORD> started;
  std::future<DWORD> number = started.get_future();
  stay_loaded();
  const HANDLE opened = open_handle(thread);
  try {
    std::thread([=, &started] { run(thread, routine, parameter, started); }).detach();
  } catch (const std::exception&) {  // no thread, or no memory for it
    close_handle(opened);
    return ERROR_NOT_ENOUGH_MEMORY;
  }
  handle = opened;
  id = number.get();
  return NO_ERROR;
}

// What _beginthread gives to its thread.
struct Begun {
  Begun(_beginthread_proc_type its_start, void* its_argument) : start(its_start), argument(its_argument) {}
  Begun(const Begun&) = delete;
  Begun& operator=(const Begun&) = delete;
  ~Begun() {
    if (own_handle != nullptr) close_handle(own_handle);
  }

  const _beginthread_proc_type start;
  void* const argument;
  HANDLE own_handle = nullptr;
};

// Closes the handle also where _endthread unwinds it.
DWORD WINAPI run_begun(LPVOID parameter) {
  const std::unique_ptr<Begun> begun(static_cast<Begun*>(parameter));
  begun->start(begun->argument);
  return 0;
}

DWORD begin(_beginthread_proc_type routine, void* argument, HANDLE& handle) {
  auto begun = std::make_unique<Begun>(routine, argument);
  DWORD id = 0;
  const DWORD code = start(run_begun, begun.get(), CREATE_SUSPENDED, handle, id);
  if (code != NO_ERROR) return code;
  const auto thread = object_of<ThreadObject>(handle);
  begun.release()->own_handle = handle;
  thread->resume();
  return NO_ERROR;
}

BOOL act_on_event(HANDLE handle, void (EventObject::*act)() const noexcept) {
  const auto event = object_of<EventObject>(handle);
  if (event == nullptr) return fail_with(ERROR_INVALID_HANDLE, FALSE);
  ((*event).*act)();
  return TRUE;
}

}  // namespace

TCPTABLE_WIN32_EXPORT HANDLE WINAPI CreateThread(LPSECURITY_ATTRIBUTES /*lpThreadAttributes*/,
                                                 SIZE_T /*dwStackSize*/,
                                                 LPTHREAD_START_ROUTINE lpStartAddress, LPVOID lpParameter,
                                                 DWORD dwCreationFlags, LPDWORD lpThreadId) {
  HANDLE handle = nullptr;
  succeed_or_fail([&]() -> ULONG {
    if (lpStartAddress == nullptr) return ERROR_INVALID_PARAMETER;
    DWORD id = 0;
    const DWORD code = start(lpStartAddress, lpParameter, dwCreationFlags, handle, id);
    if (code == NO_ERROR && lpThreadId != nullptr) *lpThreadId = id;
    return code;
  });
  return handle;
}

TCPTABLE_WIN32_EXPORT DWORD WINAPI ResumeThread(HANDLE hThread) {
  constexpr DWORD kFailure = ~DWORD{0};
  const auto thread = thread_of(hThread);
  return thread ? DWORD{(*thread)->resume()} : fail_with(thread.error(), kFailure);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI GetExitCodeThread(HANDLE hThread, LPDWORD lpExitCode) {
  if (lpExitCode == nullptr) return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  const auto thread = thread_of(hThread);
  if (!thread) return fail_with(thread.error(), FALSE);
  *lpExitCode = (*thread)->exit_code();
  return TRUE;
}

TCPTABLE_WIN32_EXPORT VOID WINAPI ExitThread(DWORD dwExitCode) {
  if (current_end != nullptr) current_end->code = dwExitCode;
  ::pthread_exit(nullptr);
}

TCPTABLE_WIN32_EXPORT uintptr_t _beginthread(_beginthread_proc_type start, unsigned /*stack_size*/,
                                             void* argument) {
  constexpr auto kFailure = ~uintptr_t{0};
  if (start == nullptr) return errno = EINVAL, kFailure;
  HANDLE handle = nullptr;
  if (guarded([&] { return begin(start, argument, handle); }) != NO_ERROR) return errno = EAGAIN, kFailure;
  return reinterpret_cast<uintptr_t>(handle);
}

TCPTABLE_WIN32_EXPORT HANDLE WINAPI CreateEventA(LPSECURITY_ATTRIBUTES /*lpEventAttributes*/,
                                                 BOOL bManualReset, BOOL bInitialState, LPCSTR lpName) {
  return create_event(bManualReset, bInitialState, lpName != nullptr && lpName[0] != 0);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI SetEvent(HANDLE hEvent) {
  return act_on_event(hEvent, &EventObject::set);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI ResetEvent(HANDLE hEvent) {
  return act_on_event(hEvent, &EventObject::reset);
}
