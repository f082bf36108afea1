// Package literals decides by the literals of a text that most regular expressions cannot
// match it, so that an expression is only evaluated on a text that it may match.
//
// [Set.AddExpression] derives from an expression which literals each match contains: one of some, and
// one of others. [Set.Scan] finds the literals of all expressions of a set in one pass over
// a text. Texts and literals are compared in a normal form, without case and with one
// kind of white space.
package literals
