package roster

import (
	"cmp"

	"go.yaml.in/yaml/v3"

	"github.com/cowork-otel/collector/internal/yamlerror"
)

// readYAML reads a list of people. Each of them is a map from titles to a text or to a
// list of texts.
func readYAML(data []byte, p *problems) (t table) {
	t.titles = map[string]bool{}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		line, mistake := yamlerror.Mistake(data, err)
		p.report(line, 0, "", "is no valid YAML ("+cmp.Or(mistake, "a list of people")+")")
		return t
	}
	if len(doc.Content) != 1 || doc.Content[0].Kind != yaml.SequenceNode {
		p.report(1, 0, "", "is no list (one element for each person, such as - user.email: …)")
		return t
	}
	people := doc.Content[0].Content
	if len(people) > MaxPeople {
		p.report(people[MaxPeople].Line, 0, "", "is beyond the last person that is read (at most 100000 people)")
		return t
	}
	for _, person := range people {
		if p.full() {
			break
		}
		if person.Kind != yaml.MappingNode {
			p.report(person.Line, person.Column, "", "is no map (a map from titles to values)")
			continue
		}
		t.rows = append(t.rows, yamlRow(person, t.titles, p))
	}
	return t
}

func yamlRow(person *yaml.Node, titles map[string]bool, p *problems) row {
	r := row{line: person.Line}
	seen := map[string]bool{}
	for i := 0; i+1 < len(person.Content); i += 2 {
		key, value := person.Content[i], person.Content[i+1]
		title := foldTitle(key.Value)
		if key.Kind != yaml.ScalarNode || seen[title] {
			p.report(key.Line, key.Column, "", "is no title of its own (each person has a title once)")
			continue
		}
		seen[title], titles[title] = true, true
		c := cell{title: title, line: value.Line, column: value.Column}
		if texts, ok := yamlTexts(value); ok {
			c.texts = texts
		} else {
			p.report(value.Line, value.Column, "", "is no text (a text or a list of texts)")
		}
		r.cells = append(r.cells, c)
	}
	return r
}

func yamlTexts(n *yaml.Node) (texts []string, ok bool) {
	switch n.Kind {
	case yaml.ScalarNode:
		if n.Tag == "!!null" {
			return nil, true
		}
		return []string{n.Value}, true
	case yaml.SequenceNode:
		for _, item := range n.Content {
			if item.Kind != yaml.ScalarNode {
				return nil, false
			}
			texts = append(texts, item.Value)
		}
		return texts, true
	default:
		return nil, false
	}
}
