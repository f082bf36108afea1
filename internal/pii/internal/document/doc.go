// Package document reads JSON texts in place and hands each string, number and key to a
// [Scanner], together with the name that serves as its context. It maps the findings
// of decoded strings back to offsets of the JSON text.
//
// The name of a value is, in order of preference:
//
//   - the flag before it in a list of arguments: ["--password", "…"];
//   - the heading of its column, where rows are arrays or objects keyed A, B, C;
//   - another field of its object, where its own key is a word such as "value" or "text":
//     {"label": "Password", "value": "…"}, in any order of the fields;
//   - its own key, or the key of the containers around it.
//
// A name that is no key of the value replaces the key only if the [Scanner] knows
// such names. [text.Link] states where the name is from, so that the scanner can weigh it.
// Strings that are JSON themselves are read up to [MaxNesting] levels deep.
//
// Reading takes linear time: each string is scanned once, and a second time only if
// its name follows it in its object. Clean text allocates nothing.
package document
