/* SPDX-License-Identifier: MIT */
/* Lengths of names. Source: the page "GetUserNameA function". */
#ifndef TCPTABLE_WIN32_LMCONS_H
#define TCPTABLE_WIN32_LMCONS_H

#define UNLEN 256
#define CNLEN 15

#endif
