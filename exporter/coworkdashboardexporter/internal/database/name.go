package database

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

// A Name is the database of a configuration: the path of a SQLite file, the address of a
// PostgreSQL database, or "" for a database in memory. It is printed without a password.
type Name string

// IsPostgres reports whether the name is the address of a PostgreSQL database.
func (n Name) IsPostgres() bool {
	return strings.HasPrefix(string(n), "postgres://") || strings.HasPrefix(string(n), "postgresql://")
}

// Check returns what is wrong with the name, without its password.
func (n Name) Check() error {
	text := string(n)
	switch {
	case n.IsPostgres():
		_, err := parseAddress(text)
		return err
	case strings.Contains(text, "://"), strings.Contains(text, "password="):
		return fmt.Errorf("must be the path of a file, or an address that begins with postgres:// (postgres://cowork@db.example.com/cowork would be valid)")
	case strings.HasPrefix(text, ":memory:"), strings.HasPrefix(text, "file:"):
		return fmt.Errorf("%q: must be the path of a file (./data/dashboard.db is the default, \"\" stores figures in memory)", text)
	}
	return nil
}

const mask = "***"

// userPassword matches an address up to the last @, which ends the password. parameter
// matches a parameter.
var (
	userPassword = regexp.MustCompile(`^([a-z]+://[^:@/?]*:).*@`)
	parameter    = regexp.MustCompile(`([?&])([^=&]*)=[^&]*`)
)

// String returns the name without passwords.
func (n Name) String() string {
	if !n.IsPostgres() {
		return string(n)
	}
	text := userPassword.ReplaceAllString(string(n), "${1}"+mask+"@")
	return parameter.ReplaceAllStringFunc(text, func(pair string) string {
		key, _, _ := strings.Cut(pair, "=")
		if decoded, err := url.QueryUnescape(key); err == nil && !strings.Contains(decoded, "password") {
			return pair
		}
		return key + "=" + mask
	})
}

// GoString returns the name without passwords.
func (n Name) GoString() string { return fmt.Sprintf("%q", n.String()) }

// MarshalText returns the name without passwords, for the configuration that is printed.
func (n Name) MarshalText() ([]byte, error) { return []byte(n.String()), nil }
