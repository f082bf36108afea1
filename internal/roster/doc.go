// Package roster reads a list of people and finds a person by an identity, such as an
// e-mail address.
//
//  1. csv.go and yaml.go read a file as rows of cells, with their place in the file.
//  2. build.go checks the rows and makes the people of them. unique.go gives different
//     names to people of one name.
//  3. roster.go finds a person, and context.go passes the values of a roster to the
//     components behind.
//
// Errors name lines, columns of the file and names of the configuration, never a value.
package roster
