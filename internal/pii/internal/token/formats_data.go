package token

import "github.com/cowork-otel/collector/internal/pii/internal/text"

// dataFormats are the tokens of databases and data pipelines.
var dataFormats = []Format{
	{"Supabase management token", "sbp_", text.KeyChars, 40, 0, nil},
	{"Supabase secret key", "sb_secret_", text.KeyChars, 24, 0, nil},
	{"PlanetScale token", "pscale_tkn_", anyKey, 32, 0, nil},
	{"PlanetScale password", "pscale_pw_", anyKey, 32, 0, nil},
	{"PlanetScale OAuth token", "pscale_oauth_", anyKey, 32, 0, nil},
	{"Neon API key", "napi_", text.Alnum, 48, 0, nil},
	{"Neon database password", "npg_", text.Alnum, 12, 20, randomKey},
	{"Aiven password", "AVNS_", text.KeyChars, 16, 24, nil},
	{"Aiven token", "aivenv1_", anyKey, 40, 0, nil},
	{"MongoDB Atlas service account secret", "mdb_sa_sk_", text.KeyChars, 40, 0, nil},
	{"CockroachDB key", "CCDB1_", text.KeyChars, 40, 0, nil},
	{"Elastic serverless key", "essu_", anyKey, 60, 0, nil},
	{"Confluent API secret", "cflt", base64Body, 60, 60, nil},
	{"ClickHouse Cloud secret", "4b1d", text.Alnum, 38, 38, randomKey},
	{"Databricks token", "dapi", hexDashed, 32, 36, nil},
	{"Databricks OAuth secret", "dose", text.Hexa, 32, 32, nil},
	{"Databricks service token", "dkea", text.Hexa, 32, 34, nil},
	{"dbt Cloud service token", "dbtc_", text.KeyChars, 36, 0, nil},
	{"dbt Cloud user token", "dbtu_", text.KeyChars, 36, 0, nil},
	{"Tinybird token", "p.eyJ", dotted, 60, 0, nil},
	{"Materialize password", "mzp_", text.Hexa, 64, 64, nil},
	{"Airtable personal token", "pat", text.Alnum | text.Dot, 70, 90, randomKey},
	{"Astra DB token", "AstraCS:", text.KeyChars | text.Colon, 60, 0, nil},
	{"Fauna key", "fnA", text.KeyChars, 37, 37, randomKey},

	// From vendors' documentation and the public rules of gitleaks, kingfisher, titus and osv-scalibr.
	{"Xata API key", "xau_", text.Alnum, 24, 0, randomKey},
	{"Hex API token", "hxtp_", text.KeyChars, 40, 0, nil},
	{"Metabase API key", "mb_", base64Body, 43, 45, randomKey},
	{"Lightdash personal token", "ldpat_", text.Alnum, 24, 0, nil},
	{"Appwrite API key", "standard_", text.Hexa, 128, 0, nil},
	{"Apollo GraphOS user key", "user:gh.", dotted | text.Colon, 26, 0, randomKey},
	{"PubNub secret key", "sec-c-", anyKey, 36, 0, nil},
	{"PubNub publish key", "pub-c-", hexDashed, 36, 36, nil},
	{"PubNub subscribe key", "sub-c-", hexDashed, 36, 36, nil},
	{"Snowflake token", "ver:1-hint:", anyKey | text.Colon, 60, 0, nil},
	{"Snowflake token", "ver:3-hint:", anyKey | text.Colon, 60, 0, nil},
	{"Convex deploy key", "eyJ2MiI6", base64Body, 24, 0, nil},
	{"Databento API key", "db-", text.Alnum, 29, 29, randomKey},

	// From vendors' documentation and the public rules of betterleaks and of code hosts.
	{"Aiven user token", "AVNU_", anyKey, 60, 0, nil},
	{"Crunchy Bridge API key", "cbkey_", text.KeyChars, 30, 0, nil},
	{"QStash token", "eyJVc2VySUQiOi", base64Body, 40, 0, nil},
	{"QStash signing key", "sig_", text.Alnum, 24, 32, randomKey},
	{"Hex workspace token", "hxtw_", text.KeyChars, 40, 0, nil},
	{"Lightdash service account token", "ldsvc_", text.Alnum, 24, 0, nil},
	{"Tatum API key", "t-", hexDashed, 49, 49, randomKey},
}
