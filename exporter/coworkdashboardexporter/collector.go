package coworkdashboardexporter

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
)

// What the set-up check tells to enter in Cowork's settings stands on the page, so that
// no secret may be in it.

func (c *Config) validateURL() error {
	if c.CollectorURL == "" {
		return nil
	}
	// The URL may hold a secret and is not repeated.
	u, err := url.Parse(c.CollectorURL)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return errors.New("collector_url: is no URL (https://collector.example.com:4318 is one)")
	}
	if u.User != nil {
		return errors.New("collector_url: has a password in it, which the page would show (leave it out)")
	}
	return nil
}

var (
	headerName  = regexp.MustCompile(`^[A-Za-z0-9-]{1,64}$`)
	placeholder = regexp.MustCompile(`^([A-Za-z]{1,16} )?<[A-Za-z0-9 _-]{1,64}>$`)
)

// validateHeaders turns down what may be a secret, and does not repeat it.
func (c *Config) validateHeaders() error {
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(c.CollectorHeaders)) {
		if !headerName.MatchString(name) {
			errs = append(errs, errors.New("collector_headers: has a name that no header has (Authorization is one)"))
			continue
		}
		if !placeholder.MatchString(c.CollectorHeaders[name]) {
			errs = append(errs, fmt.Errorf("collector_headers::%s: must be a placeholder, since the page shows it (Bearer <token>, or <key>)", name))
		}
	}
	return errors.Join(errs...)
}

// headers are those that Cowork must send, as its settings want them.
func (c *Config) headers() (list []string) {
	for _, name := range slices.Sorted(maps.Keys(c.CollectorHeaders)) {
		list = append(list, name+"="+c.CollectorHeaders[name])
	}
	return list
}
