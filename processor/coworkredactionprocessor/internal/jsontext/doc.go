// Package jsontext replaces strings of JSON texts in place: the order of members, white
// space and every string that does not change stay the same, and the result is valid
// JSON.
//
// It allocates, so callers use it only for texts in which something is replaced.
package jsontext
