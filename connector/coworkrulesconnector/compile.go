package coworkrulesconnector

import (
	"github.com/cowork-otel/collector/connector/coworkrulesconnector/internal/language"
	"github.com/cowork-otel/collector/internal/alert"
)

// compile turns the rules as they are written into rules at work.
func (c *Config) compile(lang *language.Language) ([]alert.Rule, error) {
	specs, err := c.specs()
	if err != nil {
		return nil, err
	}
	return alert.Compile(specs, func(rule string) alert.Compiler { return lang.For(rule) })
}
