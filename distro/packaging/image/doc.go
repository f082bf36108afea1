// Command image writes the container image of otelcol-cowork without a container engine.
//
// It writes the root file system of each architecture as a tar archive, which the
// Dockerfile adds to an empty image, and the same image as an OCI layout for registry
// clients such as skopeo and crane. The same binaries give the same bytes.
//
// The root file system has no shell and no package manager: the two commands, the root
// certificates of Mozilla, a user, and the folder of data.
package main
