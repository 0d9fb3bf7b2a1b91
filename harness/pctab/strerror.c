/* The error values in words. */
#include "pctab.h"

const char *pctab_strerror(enum pctab_error error)
{
    switch (error) {
    case PCTAB_OK:
        return "no error";
    case PCTAB_TRUNCATED:
        return "the PC-value table ends inside a pair or lacks its terminating zero byte: check its length";
    case PCTAB_OVERLONG:
        return "a varint of the PC-value table exceeds 32 bits or pads a zero: these bytes are not a table";
    case PCTAB_NOT_MONOTONIC:
        return "the runs' PCs don't advance without gaps from 0 to below 4 GiB: check their order and sizes";
    case PCTAB_OUT_OF_RANGE:
        return "a value is outside its table's range (marks: -5..-1) or a PC beyond the function's end: "
               "check marks, size and quantum";
    case PCTAB_NO_SPACE:
        return "the buffer is too small for the PC-value table: give it 6 bytes a run and one more";
    case PCTAB_MISALIGNED:
        return "a PC is not a multiple of the quantum, or the quantum is not 1, 2 or 4: check the "
               "architecture's quantum";
    case PCTAB_NOT_COVERED:
        return "the PC lies beyond the last run of the PC-value table: check that it is inside the function";
    }
    return "unknown PC-value table error";
}
