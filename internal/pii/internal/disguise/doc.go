// Package disguise brings text that was disguised, by accident or on purpose,
// into plain form and remembers the way back: which bytes of the text as it was
// given each part of the plain text stands for.
//
// There are three kinds of disguise, since they are not equally sure:
//
//  1. What is read like plain text by whoever looks at it, or by the program it
//     is meant for: escapes, entities, colours of a terminal, full-width and other
//     forms of ASCII characters, characters that cannot be seen. [Text.Decode]
//     undoes these. Where the result is [Suspicious] again, it is decoded again.
//  2. What is only laid out in another way: the at and the dots of an address in
//     words or brackets, the groups of a number too far apart. [Text.Regroup]
//     undoes these, and says how much to [Doubt] the result.
//  3. What is base64 or hexadecimal of text. [NextRun] finds it.
//
// Suspicious, [Regroupable] and NextRun say whether a text has any of these.
// They read a clean text once and change nothing. They call the same small
// functions, at the same bytes, that change the text, so a text that is not
// suspicious is one that would not change.
//
// Each function reads a bounded number of bytes around a place, so everything
// here is linear, and plain text is never longer than the text it comes from.
package disguise
