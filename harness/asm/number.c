/* Numbering preprocessed assembly. */
#include "number.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { MAX_FILES = 64, MAX_PATH = 256 };

struct numberer {
    char files[MAX_FILES][MAX_PATH]; /* those with a statement */
    int n_files;
    char file[MAX_PATH]; /* of the current line */
    int line;
    int depth; /* of definitions of macros around it */
};

/* `# 12 "file.S" 1`: where the next line comes from. */
static void line_marker(struct numberer *n, const char *line)
{
    int number;
    char file[MAX_PATH];
    if (sscanf(line, "# %d \"%255[^\"\n]\"", &number, file) != 2)
        return;
    n->line = number - 1;
    strcpy(n->file, file);
}

/* How many macros the line begins to define, less those that it ends: it may hold several statements. */
static int macros_begun(const char *line, size_t length)
{
    int depth = 0;
    const char *end = line + length;
    for (const char *c = line; c < end; c++) {
        if (*c == '"') {
            for (c++; c < end && *c != '"'; c++)
                c += *c == '\\';
        } else if (*c == '.' && (c == line || !isalnum((unsigned char)c[-1]))) {
            bool begins = strncasecmp(c, ".macro", 6) == 0, ends = strncasecmp(c, ".endm", 5) == 0;
            if ((begins || ends) && !isalnum((unsigned char)c[begins ? 6 : 5]))
                depth += begins ? 1 : -1;
        }
    }
    return depth;
}

/* Whether the line may invoke a macro: an instruction looks the same. */
static bool is_statement(const char *line)
{
    line += strspn(line, " \t");
    return isalpha((unsigned char)*line) || *line == '_' || strncmp(line, ".include", 8) == 0;
}

/* The current file's number; a new one is written down. */
static int file_number(struct numberer *n, FILE *out)
{
    for (int k = 0; k < n->n_files; k++)
        if (strcmp(n->files[k], n->file) == 0)
            return k;
    if (n->n_files == MAX_FILES)
        return -1;
    strcpy(n->files[n->n_files], n->file);
    fprintf(out, ".pushsection .everypc_files,\"\",%%progbits; .asciz \"%d %s\"; .popsection; ", n->n_files,
            n->file);
    return n->n_files++;
}

bool number_lines(const char *text, const char *path, FILE *out, struct error *e)
{
    static struct numberer n;
    n = (struct numberer){0};
    for (size_t length; *text; text += length) {
        length = strcspn(text, "\n");
        length += text[length] == '\n';
        n.line++;
        int begun = macros_begun(text, length);
        if (*text == '#') {
            line_marker(&n, text);
        } else if (n.depth == 0 && begun == 0 && is_statement(text)) {
            int file = file_number(&n, out);
            if (file < 0 || n.line >> NUMBER_LINE_BITS)
                return error_set(e, n.file, n.line, "more than %d files or %d lines for %s", MAX_FILES,
                                 1 << NUMBER_LINE_BITS, path);
            fprintf(out, ".set everypc.at, %d; ", (file << NUMBER_LINE_BITS) + n.line);
        }
        fwrite(text, 1, length, out);
        n.depth += begun;
    }
    return true;
}
