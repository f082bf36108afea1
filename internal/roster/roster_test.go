package roster

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var settings = Settings{
	Join: []string{"user.email", "user.account_uuid", "process.owner"},
	Targets: []Target{
		{"name", "cowork.user.name"}, {"team", "cowork.team"}, {"cost_center", "cowork.cost_center"},
	},
	Optional: true,
	Name:     "cowork.user.name", Team: "cowork.team",
}

func parse(t *testing.T, format Format, text string) *Roster {
	t.Helper()
	r, err := Parse([]byte(text), format, settings)
	require.NoError(t, err)
	return r
}

// values returns the values of the person with an identity, separated by bars.
func values(r *Roster, attribute, identity string) string {
	p := r.Find(attribute, identity)
	if p == nil {
		return "nobody"
	}
	return strings.Join(p.Values, "|")
}

const people = `name,user.email,user.account_uuid,team,salary
Anna Li,Anna@Example.com; a.li@example.com,0A,Sales,1
"Ben ""B""  Ode", ben@example.com ,,,2
Nobody,,,Sales,3
`

func TestCSV(t *testing.T) {
	for name, text := range map[string]string{
		"commas":     people,
		"semicolons": strings.ReplaceAll(strings.ReplaceAll(people, "; ", "|"), ",", ";"),
		"mark":       "\xef\xbb\xbf" + strings.ReplaceAll(people, "\n", "\r\n"),
	} {
		text = strings.ReplaceAll(text, "Anna@Example.com|a.li@example.com", `"Anna@Example.com;a.li@example.com"`)
		r := parse(t, CSV, text)
		require.Equal(t, "Anna Li|Sales|", values(r, "user.email", "anna@example.COM "), name)
		require.Equal(t, "Anna Li|Sales|", values(r, "user.email", "a.li@example.com"))
		require.Equal(t, "Anna Li|Sales|", values(r, "process.owner", "a.li@example.com"), "an address in another attribute")
		require.Equal(t, "Anna Li|Sales|", values(r, "user.account_uuid", "0a"))
		require.Equal(t, "nobody", values(r, "process.owner", "0a"))
		require.Equal(t, "nobody", values(r, "enduser.id", "0a"))
		require.Equal(t, `Ben "B" Ode||`, values(r, "user.email", "ben@example.com"))
		require.Equal(t, "nobody", values(r, "user.email", ""))
		require.Equal(t, "nobody", values(r, "user.email", strings.Repeat("x", maxIdentityBytes+1)))
		count, without := r.People()
		require.Equal(t, []int{2, 1}, []int{count, without})
		require.True(t, r.Has("Sales"))
		require.False(t, r.Has("1"), "a column that was not chosen")
		require.False(t, r.Has(""))
	}
	require.False(t, (*Roster)(nil).Has("Sales"))
	require.Equal(t, "sales", (*Roster)(nil).Spelling(1, "sales"))
	require.Equal(t, "Sales", parse(t, CSV, people).Spelling(1, "sales"))
	require.Equal(t, "anna li", parse(t, CSV, people).Spelling(0, "anna li"), "a name is a person's own")
}

func TestYAML(t *testing.T) {
	r := parse(t, YAML, `
- name: Anna Li
  user.email: [anna@example.com, a.li@example.com]
  cost_center: 4711
  team: ~
- {name: Ben, process.owner: 'CORP\ben', salary: 2}
`)
	require.Equal(t, "Anna Li||4711", values(r, "user.email", "a.li@example.com"))
	require.Equal(t, "Ben||", values(r, "process.owner", `corp\BEN`))
	require.Equal(t, "nobody", values(parse(t, YAML, "[]"), "user.email", "a@example.com"))
}

// TestTitles has the columns of another system's export.
func TestTitles(t *testing.T) {
	s := settings
	s.Titles = map[string]string{"user.email": "Work E-Mail", "process.owner": "login", "user.account_uuid": "login", "name": "Full name"}
	r, err := Parse([]byte("full NAME,work e-mail,Login\nAnna,a@example.com,anna\n"), CSV, s)
	require.NoError(t, err)
	for attribute, identity := range map[string]string{"user.email": "a@example.com", "process.owner": "anna", "user.account_uuid": "anna"} {
		require.Equal(t, "Anna||", values(r, attribute, identity))
	}
	_, err = Parse([]byte("full name,login\nAnna,anna\n"), CSV, s)
	require.EqualError(t, err, "line 1: user.email: there is no such column (its title, or another one in columns)")
}

// TestSamePerson has two rows of one person, as an export with one row for each address.
func TestSamePerson(t *testing.T) {
	r := parse(t, CSV, "name,user.email,process.owner\nAnna,a@example.com,anna\nAnna,b@example.com,ANNA\n")
	require.Equal(t, "Anna||", values(r, "user.email", "b@example.com"))
	count, _ := r.People()
	require.Equal(t, 1, count)
}

func TestUniqueNames(t *testing.T) {
	r := parse(t, CSV, `name,team,user.email
Anna Li,Sales,1@x
Anna Li,Support,2@x
Ben,Sales,4@x
Ben,Sales,3@x
Ben 2,Sales,5@x
Cleo,Sales,6@x
Cleo,,7@x
`)
	for identity, want := range map[string]string{
		"1@x": "Anna Li (Sales)", "2@x": "Anna Li (Support)",
		"3@x": "Ben 1", "4@x": "Ben 3", "5@x": "Ben 2", "6@x": "Cleo 1", "7@x": "Cleo 2",
	} {
		require.Equal(t, want, r.Find("user.email", identity).Values[0])
		require.True(t, r.Has(want))
	}
	require.False(t, r.Has("Ben"))

	// A team that is not chosen is not in a name.
	s := settings
	s.Targets, s.Team = s.Targets[:1], ""
	r, err := Parse([]byte("name,team,user.email\nAnna,Sales,1@x\nAnna,Support,2@x\n"), CSV, s)
	require.NoError(t, err)
	require.Equal(t, "Anna 1", r.Find("user.email", "1@x").Values[0])
	require.Equal(t, "Anna 2", r.Find("user.email", "2@x").Values[0])

	long := strings.Repeat("é", MaxValueBytes/2)
	r = parse(t, CSV, "name,team,user.email\n"+long+",A,1@x\n"+long+",B,2@x\n")
	require.Equal(t, strings.Repeat("é", 46)+" 1", r.Find("user.email", "1@x").Values[0])
}

func TestErrors(t *testing.T) {
	check := func(format Format, text string, want ...string) {
		t.Helper()
		_, err := Parse([]byte(text), format, settings)
		require.EqualError(t, err, strings.Join(want, "\n"))
		require.NotContains(t, err.Error(), "secret")
	}
	const form = "(a quotation mark in a cell is written twice, and the cell begins and ends with one)"
	check(CSV, "", "line 1: has no header (the titles of the columns, separated by commas)")
	check(CSV, "name\nsecret\n", "line 1: there is no column of an identity (one of user.email, user.account_uuid, process.owner)")
	check(CSV, "user.email\nsecret\n", "line 1: there is no column of a value (one of name, team, cost_center)")
	check(CSV, "name,Name,user.email\n", "line 1, column 6: header: repeats the title of another column (each column has its own)")
	check(CSV, "name,user.email\nsecret\n", "line 2: has another number of cells than the header (the same, empty where there is no value)")
	check(CSV, "name,user.email\na,\"secret\"x\n", "line 2, column 10: is no valid CSV "+form)
	check(CSV, "name,user.email\nA,secret@x\nB,secret@x\n", "line 3, column 3: user.email: is that of line 2 too, with other values (an identity is of one person)")
	check(CSV, "name,user.email\n"+strings.Repeat("secret", 20)+",a@x\n\"a\nb\x00\",b@x\n",
		"line 2, column 1: name: has 120 bytes (at most 100)", "line 3, column 1: name: has control characters or is no UTF-8 (one line of text)")
	check(CSV, "name,user.email\n[REDACTED_EMAIL],a@x\nA,[REDACTED]\nB,a\x00\nC,"+strings.Repeat("x", 321)+"\n",
		"line 2, column 1: name: is a text that the collector writes in place of a name (the name)",
		"line 3, column 3: user.email: is the marker of a redacted value (an identity as the events have it)",
		"line 4, column 3: user.email: has control characters or is no UTF-8 (an identity as the events have it)",
		"line 5, column 3: user.email: has 321 bytes (at most 320)")
	check(CSV, "name,user.email\nA,"+strings.Repeat("a;", maxIdentities+1)+"\n", "line 2: has too many identities (at most 16)")

	check(YAML, "name: secret", "line 1: is no list (one element for each person, such as - user.email: …)")
	check(YAML, "- name: A\n  user.email: *secret\n", "line 1: is no valid YAML (a list of people)")
	check(YAML, "- name: A\n  user.email: a@x\n - secret: [", "line 3: is no valid YAML (the indentation is not that of the list above)")
	check(YAML, "- user.email: a@x\n  name: A\n- secret\n- {name: {a: secret}, user.email: b@x}\n- {name: A, Name: B, user.email: c@x}",
		"line 3, column 3: is no map (a map from titles to values)",
		"line 4, column 10: is no text (a text or a list of texts)",
		"line 5, column 13: is no title of its own (each person has a title once)")
	check(YAML, "- {user.email: a@x, name: [A, B]}", "line 1, column 27: name: has several values (one)")
}

// TestBounds reaches the bounds of bytes, people and errors.
func TestBounds(t *testing.T) {
	_, err := Parse(make([]byte, MaxBytes+1), CSV, settings)
	require.EqualError(t, err, "line 1: is the beginning of a file that is too large (at most 16 MiB)")

	var b strings.Builder
	b.WriteString("name,user.email\n")
	for i := range MaxPeople {
		fmt.Fprintf(&b, "A,%d@x\n", i)
	}
	r := parse(t, CSV, b.String())
	count, _ := r.People()
	require.Equal(t, MaxPeople, count)
	b.WriteString("A,last@x\n")
	_, err = Parse([]byte(b.String()), CSV, settings)
	require.EqualError(t, err, "line 100002: is beyond the last row that is read (at most 100000 people)")
	_, err = Parse([]byte(strings.Repeat("- {}\n", MaxPeople+1)), YAML, settings)
	require.EqualError(t, err, "line 100001: is beyond the last person that is read (at most 100000 people)")

	_, err = Parse([]byte("name,user.email\n"+strings.Repeat("x\n", 100)), CSV, settings)
	require.ErrorContains(t, err, "there may be more errors")
	require.Len(t, strings.Split(err.Error(), "\n"), maxProblems+1)
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(people), false)
	f.Add([]byte("- {name: A, user.email: [a@x]}"), true)
	f.Fuzz(func(t *testing.T, data []byte, yaml bool) {
		format := CSV
		if yaml {
			format = YAML
		}
		r, err := Parse(data, format, settings)
		if err != nil {
			return
		}
		names := map[string]*Person{}
		for _, p := range r.addresses {
			name := p.Values[0]
			if names[name] != nil && names[name] != p && name != "" {
				t.Fatal("two people have one name")
			}
			names[name] = p
			if len(name) > MaxValueBytes || name != "" && !r.Has(name) {
				t.Fatal("a name without bounds, or that is not a value")
			}
		}
	})
}
