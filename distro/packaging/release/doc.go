// Command release writes the files of a release into a folder: archives for each system, the
// deb and the rpm, lists of components, and their checksums. `make package` runs it in the
// root of the repository.
//
//	release -out dist -targets linux/amd64,windows/arm64
//
// The same commit gives the same bytes: times are those of the commit, owners are root, and
// the toolchain is that of go.mod. The command fails if a binary is linked to a library of the
// system, or if its version is not that of builder-config.yaml.
package main
