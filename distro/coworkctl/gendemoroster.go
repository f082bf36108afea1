package main

import (
	"encoding/csv"
	"errors"
	"os"

	"github.com/cowork-otel/collector/distro/coworkctl/synthetic"
)

// rosterHeader are the columns of a roster of cowork_roster: the identities of a person,
// then what is shown.
var rosterHeader = []string{"user.email", "user.account_uuid", "process.owner", "enduser.id", "name", "team", "cost_center"}

// writeRoster writes the people of a fleet to a file.
func writeRoster(name string, people []synthetic.Person) (err error) {
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	w := csv.NewWriter(file)
	rows := [][]string{rosterHeader}
	for _, p := range people {
		rows = append(rows, []string{p.Email, p.AccountUUID, p.Login, p.Email, p.Name, p.Team, p.CostCenter})
	}
	return w.WriteAll(rows)
}
