// Package importtest holds the rules of the house as tests: which package may
// import which, and what the packages below internal may not do.
package importtest
