// Package deobfuscate converts disguised text to plain text, and maps each part of the plain
// text to the bytes of the given text. Disguises are accidental or deliberate.
//
// There are three kinds of disguise, which are not equally sure:
//
//  1. Text that programs or readers decode: escapes, entities, colours of a terminal,
//     full-width and other forms of ASCII characters, invisible characters.
//     [Text.Decode] undoes these. Where the result has disguises again, it is decoded
//     again. [Text.DecodeForm] also undoes the plus signs of forms and queries. They may
//     be part of a value, so a [Reader] scans the text with and without them.
//  2. Text in another layout: the at and the dots of an address in words or brackets,
//     the groups of a number too far apart. [Text.Regroup] undoes these, and records the
//     [Doubt] about the result.
//  3. Base64 or hexadecimal digits of text. [NextRun] finds these.
//
// [Of], NextRun and [HasForms] report whether a text has any of these. They read a clean text once
// and change nothing. Of calls the same readers, at the same bytes, that change the
// text, so a text without disguises would not change.
//
// Each reader reads a bounded number of bytes around an offset, so everything
// here is linear. Plain text is never longer than the given text.
package deobfuscate
