#pragma once
#include <zlib.h>

/* The most that `length` bytes take once compressed, head and tail of gzip included. */
static inline unsigned long zlib_gzip_room(unsigned long length) { return compressBound(length) + 32; }

/* Compresses at zlib's own level, in one go; 0 where there was no memory or no room. A stream must stay at its address
   from its beginning to its end, which Swift does not promise: so it stands in C. */
static inline unsigned long zlib_gzip(
    const unsigned char *input, unsigned int length, unsigned char *output, unsigned int room) {
    z_stream stream = {0};
    /* 16 over the largest window asks for gzip's head and tail. */
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return 0;
    stream.next_in = (unsigned char *)input;
    stream.avail_in = length;
    stream.next_out = output;
    stream.avail_out = room;
    unsigned long written = deflate(&stream, Z_FINISH) == Z_STREAM_END ? stream.total_out : 0;
    deflateEnd(&stream);
    return written;
}
