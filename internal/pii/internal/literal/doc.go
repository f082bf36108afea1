// Package literal finds the literals of many regular expressions in one pass over a text, so
// that an expression is only tried where it can match.
//
// A [Pattern] is a compiled expression, and a [Gate] searches a text with many of them.
// [Of] returns literals of which every match has one, and how long a match can be. A [Set]
// of them is a deterministic automaton (Aho and Corasick 1975), so a text takes a time that
// is linear in its length. Where the automaton has seen nothing of any literal, it is left:
// then only every few bytes a pair of them is looked up among the pairs that the literals
// have.
//
// ASCII letters are compared without regard to case, also where the expression has
// regard to it. That finds too much at times, and never too little.
package literal
