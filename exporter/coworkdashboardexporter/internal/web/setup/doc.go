// Package setup holds the setup check: which events arrive, what is wrong, what to do
// about it ([Check.Advice]), what to enter in Cowork's admin settings ([Client]), and what
// is stored. [NewView] is its page, [Check.JSON] the same for programs.
package setup
