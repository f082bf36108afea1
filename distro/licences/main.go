// Program licences writes THIRD_PARTY_LICENCES: the modules that are linked into the commands,
// their licences, and the texts that must be shipped with a binary. It fails if a module has
// no licence, or one that is not allowed.
//
//	go run ./distro/licences
package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
)

// File is written at the root of the repository.
const file = "THIRD_PARTY_LICENCES"

func main() {
	text, err := report(".")
	if err == nil {
		err = os.WriteFile(file, []byte(text), 0o644) //nolint:gosec // it is public
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "licences: "+err.Error())
		os.Exit(1)
	}
}

// report returns the contents of the file for the repository in a folder.
func report(root string) (string, error) {
	modules, err := linkedModules(root)
	if err != nil {
		return "", err
	}
	return format(modules)
}

// format returns a list of modules, and each text once, after the modules that have it.
func format(modules []module) (string, error) {
	var b strings.Builder
	var errs []error
	owners := map[string][]string{} // by text
	b.WriteString("The commands of this module are linked with the Go standard library, which has the licence of golang.org/x/sys, and with these modules.\n\n")
	for _, m := range modules {
		ids, err := licencesOf(m)
		errs = append(errs, err)
		fmt.Fprintf(&b, "%s %s: %s\n", m.path, m.version, strings.Join(ids, ", "))
		for _, name := range slices.Sorted(maps.Keys(m.texts)) {
			text := clean(m.texts[name])
			owners[text] = append(owners[text], path.Join(m.path, name))
		}
	}
	texts := slices.SortedFunc(maps.Keys(owners), func(a, b string) int { return strings.Compare(owners[a][0], owners[b][0]) })
	for _, text := range texts {
		fmt.Fprintf(&b, "\n%s\n%s\n\n%s\n", strings.Repeat("-", 80), strings.Join(owners[text], "\n"), text)
	}
	return b.String(), errors.Join(errs...)
}

// licencesOf returns the licences of a module.
func licencesOf(m module) (ids []string, err error) {
	for _, name := range slices.Sorted(maps.Keys(m.texts)) {
		found, allowed := classify(m.texts[name])
		if noticeName.MatchString(path.Base(name)) && len(found) == 0 {
			continue // a notice needs no licence of its own
		}
		if !allowed {
			err = errors.Join(err, fmt.Errorf("%s: %s has the licence %q (must be one that distro/licences allows)", m.path, name, found))
		}
		ids = append(ids, found...)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	if len(ids) == 0 && err == nil {
		err = fmt.Errorf("%s: has no licence (a linked module must have one)", m.path)
	}
	return ids, err
}

// clean returns a text without the line ends of other systems, and without spaces at ends.
func clean(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		lines = append(lines, strings.TrimRight(line, " \t\r\n"))
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}
