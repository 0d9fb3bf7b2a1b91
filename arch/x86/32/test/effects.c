/* What x86's instructions do: encodings by GNU as, effects by Intel's SDM. Each way to move SP, idioms that
 * read nothing, parts of general and vector registers, flags that stay, thread-local storage, and where
 * capstone is wrong (CMPSD and its like). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "test/effects_rows.h"

/* Of the x87 stack: all that any instruction on it reads and changes. */
#define X87 "fsw ftw st0 st0se st1 st1se st2 st2se st3 st3se st4 st4se st5 st5se st6 st6se st7 st7se"
/* clang-format off */
#define UPPER "y0.2 y0.3 y1.2 y1.3 y2.2 y2.3 y3.2 y3.3 y4.2 y4.3 y5.2 y5.3 y6.2 y6.3 y7.2 y7.3 " \
              "y8.2 y8.3 y9.2 y9.3 y10.2 y10.3 y11.2 y11.3 y12.2 y12.3 y13.2 y13.3 y14.2 y14.3 y15.2 y15.3"

static const struct effects_row rows[] = {
    /* SP, flow */
    {"53", "push ebx", "next; r ebx esp; w esp; store 4 [esp-4]; esp=esp-0x4"},
    {"6a01", "push 1", "next; r esp; w esp; store 4 [esp-4]; esp=esp-0x4"},
    {"59", "pop ecx", "next; r esp; w ecx esp; load 4 [esp]; ecx=mem; esp=esp+0x4"},
    {"60", "pushal", "next; r eax ebx ecx edx esi edi ebp esp; w esp; store 32 [esp-32]; esp=esp-0x20"},
    {"61", "popal", "next; r esp; w eax ebx ecx edx esi edi ebp esp; load 32 [esp]; esp=esp+0x20"},
    {"9c", "pushfd", "next; r esp eflags; w esp; store 4 [esp-4]; esp=esp-0x4"},
    {"9d", "popfd", "next; r esp; w esp eflags; load 4 [esp]; esp=esp+0x4"},
    {"83ec18", "sub esp, 0x18", "next; r esp; w esp eflags; esp=esp-0x18"},
    {"83c444", "add esp, 0x44", "next; r esp; w esp eflags; esp=esp+0x44"},
    {"83e4f0", "and esp, 0xfffffff0", "next; r esp; w esp eflags; esp=esp&0xfffffff0"},
    {"89e5", "mov ebp, esp", "next; r esp; w ebp; ebp=esp+0x0"},
    {"8d642408", "lea esp, [esp + 8]", "next; r esp; w esp; esp=esp+0x8"},
    {"c9", "leave", "next; r ebp; w ebp esp; load 4 [ebp]; ebp=mem; esp=ebp+0x4"},
    {"c3", "ret", "return; r esp; w esp; load 4 [esp]; esp=esp+0x4"},
    {"c20400", "ret 4", "return; r esp; w esp; load 4 [esp]; esp=esp+0x8"},
    {"e8fbffffff", "call 0", "call 0x0; r esp; store 4 [esp-4]"},
    {"e9f0ffffff", "jmp 0xfffffff5", "jump 0xfffffff5"},
    {"65ff1510000000", "call dword ptr gs:[0x10]",
        "call reg, TLS; r esp gs_base; load 4 [gs_base+16]; store 4 [esp-4]"},
    {"ffd6", "call esi", "call reg; r esi esp; store 4 [esp-4]"},
    {"ff2496", "jmp dword ptr [esi + edx*4]", "jump reg; r edx esi; load 4 [esi+edx*4]"},
    {"cd80", "int 0x80", "next; r eax ebx ecx edx esi edi ebp; w eax"},
    /* thread-local storage, addresses */
    {"65a100000000", "mov eax, dword ptr gs:[0]", "next, TLS; r gs_base; w eax; load 4 [gs_base]; eax=mem"},
    {"658b09", "mov ecx, dword ptr gs:[ecx]",
        "next, TLS; r ecx gs_base; w ecx; load 4 [ecx+gs_base*1]; ecx=mem"},
    {"8b49fc", "mov ecx, dword ptr [ecx - 4]", "next; r ecx; w ecx; load 4 [ecx-4]; ecx=mem"},
    {"658b0dfcffffff", "mov ecx, dword ptr gs:[0xfffffffc]",
        "next, TLS; r gs_base; w ecx; load 4 [gs_base-4]; ecx=mem"},
    {"3b6108", "cmp esp, dword ptr [ecx + 8]", "next; r ecx esp; w eflags; load 4 [ecx+8]"},
    {"8ee8", "mov gs, eax", "next; r eax; w gs_base"},
    {"b800000080", "mov eax, 0x80000000", "next; w eax; eax=0x80000000"},
    {"a167452381", "mov eax, dword ptr [0x81234567]", "next; w eax; load 4 [0x81234567]; eax=mem"},
    {"a367452381", "mov dword ptr [0x81234567], eax", "next; r eax; store 4 [0x81234567]"},
    {"8d0411", "lea eax, [ecx + edx]", "next; r ecx edx; w eax; eax=ecx+edx"},
    {"8d0534120000", "lea eax, [0x1234]", "next; w eax; eax=0x1234"},
    {"89c8", "mov eax, ecx", "next; r ecx; w eax; eax=ecx+0x0"},
    /* the rest */
    {"31c0", "xor eax, eax", "next; w eax eflags; eax=0x0"},
    {"c1e003", "shl eax, 3", "next; r eax; w eax eflags; eax=eax<<0x3"},
    {"83e07f", "and eax, 0x7f", "next; r eax; w eax eflags; eax=eax&0x7f"},
    {"b003", "mov al, 3", "next; p eax"},
    {"0fb6c8", "movzx ecx, al", "next; r eax; w ecx; ecx=eax&0xff"},
    {"f7e1", "mul ecx", "next; r eax ecx; w eax edx eflags"},
    {"99", "cdq", "next; r eax; w edx"},
    {"f7f9", "idiv ecx", "next; r eax ecx edx; w eax edx; p eflags"},
    {"f00fc74d00", "lock cmpxchg8b qword ptr [ebp]",
        "next, atomic; r eax ebx ecx edx ebp; p eax edx eflags; update 8 [ebp]"},
    {"0f94c0", "sete al", "next; r eflags; p eax"},
    {"f20f10442404", "movsd xmm0, qword ptr [esp + 4]", "next; r esp; w y0.0 y0.1; load 8 [esp+4]"},
    {"f20f2ac0", "cvtsi2sd xmm0, eax", "next; r eax; w y0.0; p mxcsr"},
    {"0f1138", "movups xmmword ptr [eax], xmm7", "next; r eax y7.0 y7.1; store 16 [eax]"},
    {"f3a5", "rep movsd dword ptr es:[edi], dword ptr [esi]",
        "next; r ecx esi edi; w ecx esi edi; store 0 [edi]; load 0 [esi]"},
    {"a5", "movsd dword ptr es:[edi], dword ptr [esi]",
        "next; r esi edi; w esi edi; store 4 [edi]; load 4 [esi]"},
    {"dd442404", "fld qword ptr [esp + 4]", "next; r esp " X87 "; p " X87 "; load 8 [esp+4]"},
    {"d92c24", "fldcw word ptr [esp]", "next; r esp; w fcw; load 2 [esp]"},
    {"df3c24", "fistp qword ptr [esp]", "next; r esp " X87 "; p " X87 "; store 8 [esp]"},
    {"dfe0", "fnstsw ax", "next; r fsw; p eax"},
    {"9e", "sahf", "next; r eax; p eflags"},
    /* not in the table; FS has no unit */
    {"27", "daa", "unknown"},
    {"64a114000000", "mov eax, dword ptr fs:[0x14]",
     "next, TLS; r gs_base; w eax; load 4 [gs_base+20]; eax=mem"},
};
/* clang-format on */

static void test_rows(void **state)
{
    (void)state;
    assert_int_equal(effects_rows_wrong("386", rows, sizeof rows / sizeof *rows), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
