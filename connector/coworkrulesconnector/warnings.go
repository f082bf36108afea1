package coworkrulesconnector

import "fmt"

// Warnings says what is probably not meant by the rules: they compile, and may not do
// what they should.
func (c *Config) Warnings() (list []string) {
	for _, w := range c.warnings() {
		list = append(list, fmt.Sprintf("rules::%s: %s: %s", w.rule, w.key, w.text))
	}
	return list
}
