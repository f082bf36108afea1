// Package scoring measures the quality of redaction: it compares labelled records with
// their redacted texts.
//
//  1. [ReadLabelled] and [ReadMarked] read corpora, of two formats, as [Record]s.
//  2. [Replaced] compares a text with its redacted text and returns the replaced parts,
//     with the type of their marker.
//  3. [Score.Add] counts a record, [Score.Write] writes the table.
//
// A labelled value is found if nine tenths of its bytes were replaced, by any marker.
// It is typed if the marker is that of its type. A replacement is right if it
// covers half of a labelled value, or if half of it is inside one. A replacement
// counts as neither right nor wrong if it is on bytes that the corpus ignores, or
// outside of the labels of a corpus that labels only one type.
package scoring
