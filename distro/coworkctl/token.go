package main

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/cowork-otel/collector/internal/tenant"
)

// tokenPrefix begins every token, so that a scanner for secrets finds one in a file.
const tokenPrefix = "cwt_"

// tokenBytes is how many random bytes a token has.
const tokenBytes = 32

func newToken(env environment) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "token",
		Short: "Generate tokens that bind senders to organizations",
	}
	cmd.AddCommand(newTokenNew(env))
	return cmd
}

func newTokenNew(env environment) *cobra.Command {
	var (
		name          string
		organizations []string
		expires       string
	)
	cmd := &cobra.Command{
		Use:   "new --name NAME --organization ID",
		Short: "Print a new token and its entry for the list of cowork_tenants",
		Long: "Print a new random token, the header with which a client sends it, and its entry for the list of\n" +
			"tokens of cowork_tenants. The entry has only the digest of the token. The token is not stored: copy it.",
		RunE: func(*cobra.Command, []string) error {
			if name == "" || len(organizations) == 0 {
				return errors.New("--name and --organization are required (--organization '*' for all organizations)")
			}
			token := tokenPrefix + base64.RawURLEncoding.EncodeToString(randomBytes(tokenBytes))
			entry := tokenEntry(name, organizations, expires, token)
			list, err := tenant.Parse([]byte("tokens:\n"+entry), nil)
			if err != nil {
				reason := err.Error()
				if _, text, ok := strings.Cut(reason, ": "); ok { // the line is of a list that the user does not see
					reason = text
				}
				return errors.New(reason)
			}
			if _, result := list.Find(token, env.now()); result != tenant.Accepted {
				return errors.New("--expires is in the past (a day in the future, such as 2027-12-31)")
			}
			fmt.Fprintf(env.stdout, "# The token. It is not shown again.\nAuthorization: Bearer %s\n\n# Its entry in the list of tokens, below tokens:\n%s", token, entry)
			return nil
		},
	}
	cmd.Flags().StringVar(&name, "name", "", "name of the token, which events carry as cowork.tenant")
	cmd.Flags().StringSliceVar(&organizations, "organization", nil, "organization.id that the token may send; repeat it for several, '*' for all")
	cmd.Flags().StringVar(&expires, "expires", "", "day or time at which the token ends")
	return cmd
}

// randomBytes returns random bytes of the system. rand.Read does not fail.
func randomBytes(n int) []byte {
	random := make([]byte, n)
	_, _ = rand.Read(random)
	return random
}

// tokenEntry returns the entry of a token in the list of tokens.
func tokenEntry(name string, organizations []string, expires, token string) string {
	var b strings.Builder
	quoted := make([]string, len(organizations))
	for i, organization := range organizations {
		quoted[i] = yamlText(organization)
	}
	fmt.Fprintf(&b, "  - name: %s\n    organizations: [%s]\n    token_sha256: %x\n", yamlText(name), strings.Join(quoted, ", "), tenant.DigestOf(token))
	if expires != "" {
		fmt.Fprintf(&b, "    expires: %s\n", yamlText(expires))
	}
	return b.String()
}

// yamlText returns a text in double quotes, which YAML reads as JSON does.
func yamlText(text string) string { return fmt.Sprintf("%q", text) }
