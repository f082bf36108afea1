// Package importtest tests the rules that hold for the whole tree: which package
// may import which, that internal packages are pure, how long a file and how
// large a type may be, which words comments use, and that documentation matches
// the code.
package importtest
