package secret

import (
	"slices"
	"strings"
)

// A command is a program with arguments that are secrets.
type command struct {
	words   [][]string // the alternatives of each word that must be among the arguments, in order
	options []option   // the arguments that are secrets
	reads   bool       // it reads a secret from its input
	needles []string   // texts of which one is among its arguments if one of them is a secret
}

// An option is an argument that is a secret.
type option struct {
	flag     string // the flag before it, "" for one by its place
	attached bool   // the flag and the secret may be one argument: -pX
	apart    bool   // the flag and the secret may be two: -p X
	place    int    // its place after the words, from 1, or from the end, from -1
	named    bool   // the argument before must be a noun
	part     string // what separates the user from the password in it
}

// commandTable has the commands by name.
var commandTable = buildCommands()

func buildCommands() map[string][]command {
	table := map[string][]command{}
	for _, row := range commandRows {
		parts := strings.SplitN(row, "|", 3)
		c := command{}
		for word := range strings.FieldsSeq(parts[1]) {
			c.words = append(c.words, strings.Split(word, ","))
		}
		for spec := range strings.FieldsSeq(parts[2]) {
			if strings.HasPrefix(spec, "!") {
				c.reads = true
				if part := spec[1:]; part != "" {
					c.options = append(c.options, option{flag: "!", part: part})
				}
				continue
			}
			c.options = append(c.options, parseOption(spec))
		}
		c.needles = needlesOf(&c)
		for cmd := range strings.SplitSeq(parts[0], ",") {
			table[cmd] = append(table[cmd], c)
		}
	}
	return table
}

// needlesOf returns texts of which one is among the arguments of a command if one of them is a
// secret: the alternatives of its first word. A command without words has the flags of its options.
func needlesOf(c *command) (all []string) {
	if len(c.words) > 0 {
		for _, word := range c.words[0] {
			if word = strings.TrimSuffix(word, "*"); word[0] == '-' {
				all = append(all, word)
				continue
			}
			all = append(all, word, strings.ToUpper(word), strings.ToUpper(word[:1])+word[1:]) // AUTH of redis-cli
		}
		return all
	}
	for _, o := range c.options {
		flag := o.flag // "", which is in every text, for an argument by its place
		if strings.HasPrefix(flag, "/") || flag == "!" {
			flag = flag[:1] // in any case, or an input
		}
		all = append(all, flag)
	}
	return all
}

// parseOption reads the third column of a row.
func parseOption(spec string) (o option) {
	spec, o.named = strings.CutSuffix(spec, "?")
	if place, found := strings.CutPrefix(spec, "#"); found {
		switch {
		case place == "share":
			o.place, o.part = placeAny, `\`
		case strings.HasPrefix(place, "any"):
			o.place, o.part = placeAny, place[len("any"):]
		default:
			place, o.part = strings.TrimSuffix(place, ":"), place[len(strings.TrimSuffix(place, ":")):]
			negative := strings.HasPrefix(place, "-")
			o.place = int(place[len(place)-1] - '0')
			if negative {
				o.place = -o.place
			}
		}
		return o
	}
	if flag, found := strings.CutSuffix(spec, "k=v"); found {
		o.part = "="
		o.flag = strings.TrimSuffix(flag, "=")
		o.apart, o.attached = true, false
		if flag == "" {
			o.place = placeAny
		}
		return o
	}
	for _, form := range [...]byte{'*', '+', '='} {
		n := strings.LastIndexByte(spec, form)
		if n < 1 || n < len(spec)-2 {
			continue
		}
		o.flag, o.part = spec[:n], spec[n+1:]
		o.attached, o.apart = form != '=', form != '*'
		return o
	}
	panic("secret: option " + spec)
}

// placeAny is the place of an option that any argument can be.
const placeAny = 100

// CommandNames returns the names of the commands, in small letters.
func CommandNames() (all []string) {
	for cmd := range commandTable {
		all = append(all, cmd)
	}
	slices.Sort(all)
	return all
}

// shortCommands has the names of two letters by the first word that must be among their
// arguments: the prefilter announces no word of two letters.
var shortCommands = func() map[string][]string {
	table := map[string][]string{}
	for cmd, rows := range commandTable {
		for _, row := range rows {
			if len(cmd) > 2 || len(row.words) == 0 {
				continue
			}
			for _, word := range row.words[0] {
				if len(word) > 2 && word[0] != '-' && !slices.Contains(table[word], cmd) {
					table[word] = append(table[word], cmd)
				}
			}
		}
	}
	return table
}()
