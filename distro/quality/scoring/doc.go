// Package scoring tells how good redaction is, from labelled records and what
// became of their texts.
//
//  1. [ReadLabelled] and [ReadMarked] read corpora, of two forms, as [Record]s.
//  2. [Replaced] compares a text with what became of it and says which parts were
//     replaced, and by which marker.
//  3. [Score.Add] counts a record, [Score.Write] writes the table.
//
// A labelled value is found when nine tenths of its bytes were replaced, whatever
// the marker says; it is found as what it is when the marker is that of its type.
// A replacement is right when it covers half of a labelled value, or lies half
// inside one. Neither right nor wrong is what lies on bytes that the corpus says to
// ignore, and all that a corpus did not label where it labels only its own subject.
package scoring
