/* SPDX-License-Identifier: MIT */
/* The source annotations that Windows programs write on parameters, in both spellings. They mean something to
 * Microsoft's analyser only, so all of them are empty here. Source: the page "Annotating function parameters
 * and return values". */
#ifndef TCPTABLE_WIN32_SAL_H
#define TCPTABLE_WIN32_SAL_H

/* libstdc++ has variables of the names __in and __out, which are annotations below: its headers that use them
 * come first, so that the macros can't reach into them. Define TCPTABLE_WITHOUT_IN_OUT to have neither. */
#if defined(__cplusplus) && !defined(TCPTABLE_WITHOUT_IN_OUT)
extern "C++" {
#include <algorithm>
#include <istream>
#include <locale>
#include <memory>
#include <ostream>
#include <regex>
#include <thread>
#include <tuple>
#if __cplusplus >= 202002L && __has_include(<format>)
#include <format>
#endif
}
#endif

#define _In_
#define _In_opt_
#define _In_z_
#define _In_opt_z_
#define _In_reads_(count)
#define _In_reads_opt_(count)
#define _In_reads_z_(count)
#define _In_reads_bytes_(size)
#define _In_reads_bytes_opt_(size)
#define _In_range_(low, high)

#define _Out_
#define _Out_opt_
#define _Out_writes_(count)
#define _Out_writes_opt_(count)
#define _Out_writes_z_(count)
#define _Out_writes_opt_z_(count)
#define _Out_writes_all_(count)
#define _Out_writes_to_(count, used)
#define _Out_writes_to_opt_(count, used)
#define _Out_writes_bytes_(size)
#define _Out_writes_bytes_opt_(size)
#define _Out_writes_bytes_all_(size)
#define _Out_writes_bytes_to_(size, used)
#define _Out_writes_bytes_to_opt_(size, used)
#define _Out_range_(low, high)
#define _Outptr_
#define _Outptr_opt_
#define _Outptr_result_maybenull_

#define _Inout_
#define _Inout_opt_
#define _Inout_z_
#define _Inout_updates_(count)
#define _Inout_updates_opt_(count)
#define _Inout_updates_z_(count)
#define _Inout_updates_bytes_(size)
#define _Inout_updates_bytes_opt_(size)

#define _Reserved_
#define _Ret_maybenull_
#define _Ret_notnull_
#define _Ret_z_
#define _Check_return_
#define _Must_inspect_result_
#define _Success_(condition)
#define _When_(condition, annotations)
#define _At_(target, annotations)
#define _Post_ptr_invalid_
#define _Printf_format_string_
#define _Null_terminated_
#define _NullNull_terminated_
#define _Field_size_(count)
#define _Field_size_bytes_(size)

/* The older spelling. */
#ifndef TCPTABLE_WITHOUT_IN_OUT
#define __in
#define __out
#endif
#define __inout
#define __in_opt
#define __out_opt
#define __inout_opt
#define __in_z
#define __in_z_opt
#define __out_z
#define __inout_z
#define __in_ecount(count)
#define __in_ecount_opt(count)
#define __in_ecount_z(count)
#define __in_bcount(size)
#define __in_bcount_opt(size)
#define __out_ecount(count)
#define __out_ecount_opt(count)
#define __out_ecount_z(count)
#define __out_ecount_part(count, used)
#define __out_bcount(size)
#define __out_bcount_opt(size)
#define __out_bcount_part(size, used)
#define __inout_ecount(count)
#define __inout_ecount_opt(count)
#define __inout_bcount(size)
#define __inout_bcount_opt(size)
#define __deref_in
#define __deref_out
#define __deref_out_opt
#define __deref_inout
#define __deref_out_ecount(count)
#define __deref_out_bcount(size)
#define __checkReturn

#endif
