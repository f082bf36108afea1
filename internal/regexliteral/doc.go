// Package regexliteral derives the literals that each match of a regular expression contains.
// A text without them need not be searched with the expression.
//
// A [Form] sets how a character is written in literals, and how many are derived. The texts
// to search must be brought into the same form. Each match of an expression satisfies its
// [Need]. Where nothing can be derived, each text does.
package regexliteral
