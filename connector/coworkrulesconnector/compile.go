package coworkrulesconnector

import (
	"errors"

	"github.com/cowork-otel/collector/connector/coworkrulesconnector/internal/language"
	"github.com/cowork-otel/collector/internal/alert"
)

// compile turns the rules as they are written into rules at work.
func (c *Config) compile(lang *language.Language) ([]alert.Rule, error) {
	specs, wrong := c.specs()
	rules, err := alert.Compile(specs, func(rule string) alert.Compiler { return lang.For(rule) }, c.ShownAttributes...)
	return rules, errors.Join(wrong, err)
}
