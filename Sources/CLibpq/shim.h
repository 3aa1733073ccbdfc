#pragma once
#include <libpq-fe.h>
#include <poll.h>

/* Character macros that the importer can't see. */
static const int postgres_field_state = PG_DIAG_SQLSTATE;
static const int postgres_field_severity = PG_DIAG_SEVERITY_NONLOCALIZED;
static const int postgres_field_message = PG_DIAG_MESSAGE_PRIMARY;
static const int postgres_field_hint = PG_DIAG_MESSAGE_HINT;
static const int postgres_field_table = PG_DIAG_TABLE_NAME;
static const int postgres_field_column = PG_DIAG_COLUMN_NAME;
static const int postgres_field_constraint = PG_DIAG_CONSTRAINT_NAME;
static const int postgres_field_function = PG_DIAG_SOURCE_FUNCTION;

/* Waits until the socket can be written or read; 0 when time is up. */
static inline int postgres_wait(int socket, int for_writing, int milliseconds) {
    struct pollfd entry = {socket, for_writing ? POLLOUT : POLLIN, 0};
    return poll(&entry, 1, milliseconds);
}
