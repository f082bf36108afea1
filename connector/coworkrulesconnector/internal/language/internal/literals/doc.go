// Package literals decides by the literals of a text that most regular expressions cannot
// match it, so that an expression is only evaluated on a text that it may match.
//
// [Set.AddExpression] adds the literals that each match of an expression contains, as
// internal/regexliteral derives them. [Set.Scan] finds the literals of all expressions of a
// set in one pass over a text. Texts and literals are compared in a normal form, without
// case and with one kind of white space.
//
// internal/pii/internal/literal searches for the places of literals, for custom patterns of
// redaction. This package only excludes texts, so it needs no places.
package literals
