package token

import "github.com/cowork-otel/collector/internal/pii/internal/text"

// storeFormats are the tokens of secret stores, identity providers and infrastructure tools.
var storeFormats = []Format{
	{"Vault service token", "hvs.", text.KeyChars, 24, 0, nil},
	{"Vault batch token", "hvb.", text.KeyChars, 24, 0, nil},
	{"Vault recovery token", "hvr.", text.KeyChars, 24, 0, nil},
	{"Vault service token, early", "s.", text.Alnum, 24, 24, randomCased},
	{"Vault batch token, early", "b.", text.KeyChars, 90, 0, randomKey},
	{"Doppler personal token", "dp.pt.", text.Alnum, 40, 0, nil},
	{"Doppler service token", "dp.st.", dotted, 40, 0, nil},
	{"Doppler CLI token", "dp.ct.", text.Alnum, 40, 0, nil},
	{"Doppler service account token", "dp.sa.", text.Alnum, 40, 0, nil},
	{"Doppler SCIM token", "dp.scim.", text.Alnum, 40, 0, nil},
	{"Doppler audit token", "dp.audit.", text.Alnum, 40, 0, nil},
	{"1Password service account token", "ops_eyJ", base64Body | text.Joiner, 100, 0, nil},
	{"1Password secret key", "A3-", capitals | text.Joiner, 31, 34, randomKey},
	{"Infisical service token", "st.", dotted, 60, 0, randomKey},
	{"age secret key", "AGE-SECRET-KEY-1", text.Alnum, 50, 0, anything},
	{"age post-quantum secret key", "AGE-SECRET-KEY-PQ-1", text.Alnum, 50, 0, anything},
	{"Pulumi token", "pul-", text.Hexa, 40, 0, nil},
	{"Prefect user key", "pnu_", text.Alnum, 36, 0, nil},
	{"Prefect service key", "pnb_", text.Alnum, 36, 0, nil},
	{"Retool access token", "retool_", text.KeyChars, 24, 0, randomKey},
	{"Permit or other permit_key", "permit_key_", text.Alnum, 40, 0, nil},
	{"Authress access key", "sc_", anyKey, 60, 0, randomKey},
	{"Stytch live secret", "secret-live-", anyKey, 30, 0, nil},
	{"Stytch test secret", "secret-test-", anyKey, 30, 0, nil},
	{"Okta API token", "00", text.KeyChars, 40, 40, randomCased},
	{"Onfido API token", "api_live.", dotted, 30, 0, nil},
	{"Persona production key", "persona_production_", hexDashed, 36, 36, nil},
	{"Ory access token", "ory_at_", dotted, 40, 0, nil},
	{"Ory personal token", "ory_pat_", dotted, 30, 0, nil},
	{"Ory session token", "ory_st_", dotted, 30, 0, nil},
	{"Unkey root key", "unkey_", text.Alnum, 20, 0, randomKey},
}
