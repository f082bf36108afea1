package configcheck

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/otelcol"

	"github.com/cowork-otel/collector/distro/pipelines"
)

// Settings select what is checked.
type Settings struct {
	// URIs are the locations of the configuration, as in the flags of the command.
	URIs []string

	// Providers read the locations.
	Providers []confmap.ProviderFactory

	// Factories are the components of the distribution.
	Factories otelcol.Factories

	// Starts reports addresses that cannot be used, and files that cannot be read. It is
	// for a collector that is about to start.
	Starts bool

	// LookupEnv returns an environment variable, as os.LookupEnv does.
	LookupEnv func(name string) (string, bool)
}

// Check resolves a configuration and reports all its errors and warnings.
func Check(ctx context.Context, set Settings) Report {
	var r Report
	resolver, err := confmap.NewResolver(confmap.ResolverSettings{URIs: set.URIs, ProviderFactories: set.Providers, DefaultScheme: "env"})
	if err != nil {
		r.addError("configuration", "%s", plain(err))
		return r
	}
	defer func() { _ = resolver.Shutdown(ctx) }()
	conf, err := resolver.Resolve(ctx)
	if err != nil {
		if !r.addSyntax(set.URIs, set.Providers) {
			r.addError("configuration", "%s", plain(err))
		}
		return r
	}
	c := checker{Settings: set, conf: conf, unexpanded: resolver.UnexpandedConf().ToStringMap(), decoded: map[string]any{}, Report: &r}
	r.Secrets.AddRaw(conf.ToStringMap())
	c.run(ctx)
	r.clean(r.Errors)
	r.clean(r.Warnings)
	r.dropRepeated()
	r.Errors, r.Warnings = tidy(r.Errors), tidy(r.Warnings)
	return r
}

// A checker checks one configuration. It is not safe for concurrent use.
type checker struct {
	Settings
	*Report
	conf       *confmap.Conf
	unexpanded map[string]any // with references to the environment
	decoded    map[string]any // the configuration of each component, by section::id
	service    *service       // nil until the section service was checked
}

func (c *checker) run(ctx context.Context) {
	raw := c.conf.ToStringMap()
	for key := range raw {
		if !slices.Contains(topLevel, key) {
			c.addError(key, "is no section of a configuration%s", levelHint(key, c.sections()))
		}
	}
	for _, s := range c.sections() {
		c.checkSection(raw[s.name], s)
	}
	c.service = c.checkService()
	c.checkTop(raw)
	checkReferences(c, raw)
	checkExtensions(c)
	checkTenants(c)
	checkRules(c)
	checkReports(c)
	checkEnvironment(c)
	checkOrder(c)
	checkRaw(c)
	checkTrust(c)
	checkTemporality(c)
	checkQueues(c)
	checkEndpoints(c)
	checkHeaders(c)
	checkSharedFiles(c)
	checkUnused(ctx, c)
	checkSignals(c)
	checkURLs(c)
	checkAddresses(ctx, c)
	checkReadable(c)
}

// inUse iterates over the decoded configurations of the components that run, by section::id
// and in order.
func (c *checker) inUse() iter.Seq2[string, any] {
	return func(yield func(string, any) bool) {
		for _, where := range slices.Sorted(maps.Keys(c.decoded)) {
			if c.service.uses(where) && !yield(where, c.decoded[where]) {
				return
			}
		}
	}
}

// checkTop checks that there is something to run.
func (c *checker) checkTop(raw map[string]any) {
	for _, section := range []string{"receivers", "exporters"} {
		if m, _ := raw[section].(map[string]any); len(m) == 0 {
			c.addError(section, "has no component (at least one is required)")
		}
	}
}

// A section is a kind of components.
type section struct {
	name, noun string
	factory    func(component.Type) component.Factory
	types      []string
}

func (c *checker) sections() []section {
	return []section{
		newSection("receivers", "receiver", c.Factories.Receivers),
		newSection("processors", "processor", c.Factories.Processors),
		newSection("connectors", "connector", c.Factories.Connectors),
		newSection("exporters", "exporter", c.Factories.Exporters),
		newSection("extensions", "extension", c.Factories.Extensions),
	}
}

func newSection[F component.Factory](name, noun string, factories map[component.Type]F) section {
	s := section{name: name, noun: noun, factory: func(t component.Type) component.Factory {
		if f, ok := factories[t]; ok {
			return f
		}
		return nil
	}}
	for t := range factories {
		s.types = append(s.types, t.String())
	}
	slices.Sort(s.types)
	return s
}

// checkSection checks all components of a section.
func (c *checker) checkSection(raw any, s section) {
	components, ok := raw.(map[string]any)
	if !ok && raw != nil {
		c.addError(s.name, "must contain components by name, such as %s:", s.types[0])
		return
	}
	for name, value := range components {
		where := s.name + delimiter + name
		var id component.ID
		if err := id.UnmarshalText([]byte(name)); err != nil {
			hint := fmt.Sprintf(" (such as %s or %s/2)", s.types[0], s.types[0])
			if underscores := strings.ReplaceAll(name, "-", "_"); slices.Contains(s.types, pipelines.TypeOf(underscores)) {
				hint = fmt.Sprintf(" (did you mean %q?)", underscores)
			}
			c.addError(where, "is no name of a component%s", hint)
			continue
		}
		factory := s.factory(id.Type())
		if factory == nil {
			c.addError(where, "the distribution has no %s %q%s", s.noun, id.Type(), cmp.Or(keyHint(value), suggest(id.Type().String(), s.types)))
			continue
		}
		sub, err := c.conf.Sub(where)
		if err != nil {
			c.addError(where, "must contain keys with values, or nothing")
			continue
		}
		c.checkComponent(where, sub, factory.CreateDefaultConfig)
	}
}

// unexpandedAt returns the value of a key with its references, nil if it is not set.
func (c *checker) unexpandedAt(path []string) any {
	var at any = c.unexpanded
	for _, key := range path {
		switch v := at.(type) {
		case map[string]any:
			next, ok := v[key]
			if !ok {
				return nil
			}
			at = next
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil || i < 0 || i >= len(v) {
				return nil
			}
			at = v[i]
		default:
			return nil
		}
	}
	return at
}
