package token

import "github.com/cowork-otel/collector/internal/pii/internal/text"

// registryFormats are the tokens of package and image registries.
var registryFormats = []Format{
	{"npm access token", "npm_", text.Alnum, 36, 0, nil},
	{"PyPI upload token", "pypi-", text.KeyChars, 50, 0, nil},
	{"RubyGems API key", "rubygems_", text.Hexa, 40, 0, nil},
	{"crates.io token", "cio", text.Alnum, 32, 32, randomKey},
	{"crates.io trusted token", "cio_tp_", text.Alnum, 32, 0, nil},
	{"Packagist organization token", "packagist_", text.KeyChars, 32, 0, randomKey},
	{"Clojars token", "CLOJARS_", text.Alnum, 60, 0, nil},
	{"NuGet API key", "oy2", smalls, 43, 43, nil},
	{"Docker Hub personal token", "dckr_pat_", text.KeyChars, 24, 0, nil},
	{"Docker Hub organization token", "dckr_oat_", text.KeyChars, 24, 0, nil},
	{"Docker Swarm join token", "SWMTKN-1-", hexDashed | smalls, 50, 0, nil},
	{"Docker Swarm unlock key", "SWMKEY-1-", base64Body, 40, 0, nil},
	{"JFrog API key", "AKCp", text.Alnum, 60, 0, nil},
	{"JFrog reference token", "cmVmd", text.Alnum, 50, 0, nil},

	// From vendors' documentation and the public rules of gitleaks, kingfisher, titus and osv-scalibr.
	{"JSR token", "jsrp_", text.Alnum, 24, 0, randomKey},
	{"prefix.dev API key", "pfx_", text.KeyChars, 30, 0, randomKey},
}
