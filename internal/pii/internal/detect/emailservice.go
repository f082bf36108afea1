package detect

// This file holds addresses of services and robots, and names with an @ that are no addresses.

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// isServiceAddress reports whether the name and the domain of [start, end) are those of a robot, of a service for
// repositories, of a node, of a database link or of a message, so that they identify no person.
func isServiceAddress(r *Reader, name, domain string, start, end int) bool {
	switch {
	case text.ContainsFold(mailboxDomains, domain):
		return false // anyone can have any name there
	case isRobot(name, domain), isRepositoryUser(r, name, domain, end):
		return true
	case isNodeName(r, name, domain, start):
		return true
	case isTableLink(r, domain, start):
		return true
	}
	return r.Previous(start) == '<' && r.Next(end) == '>' && isMessageID(name)
}

// mailboxDomains are the domains where people get mailboxes, under names that they choose.
var mailboxDomains = []string{
	"gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "ymail.com", "icloud.com", "me.com", "mac.com", "aol.com", "proton.me", "protonmail.com", "pm.me",
	"fastmail.com", "hey.com", "zoho.com", "tuta.com", "tutanota.com", "gmx.com", "gmx.de", "gmx.net", "gmx.at", "gmx.ch", "web.de", "t-online.de", "freenet.de", "posteo.de", "mailbox.org", "orange.fr", "free.fr",
	"laposte.net", "libero.it", "wp.pl", "o2.pl", "seznam.cz", "mail.ru", "yandex.ru", "yandex.com", "qq.com", "foxmail.com", "163.com", "126.com", "naver.com", "daum.net", "hotmail.co.uk", "yahoo.co.uk", "yahoo.co.jp",
}

// robots are accounts of robots and of assistants, in small letters.
var robots = []string{
	"copilot", "copilot-swe-agent", "github-copilot", "github-actions", "github-actions-bot", "actions-user", "github-bot", "dependabot", "dependabot-preview", "dependabot-bot", "renovate", "renovate-bot", "renovatebot",
	"web-flow", "semantic-release-bot", "pre-commit-ci", "greenkeeper", "greenkeeper-bot", "snyk-bot", "allcontributors", "all-contributors", "codecov", "codecov-bot", "mergify", "imgbot", "imgbotapp", "weblate",
	"cursoragent", "cursor-agent", "google-labs-jules", "devin-ai-integration", "claude-code", "openai-codex", "chatgpt-codex-connector", "gemini-code-assist", "coderabbitai", "sourcery-ai", "deepsource-autofix",
	"netlify", "vercel", "vercel-bot", "linear-app", "stale-bot", "release-please", "changeset-bot", "k8s-ci-robot", "gitlab-bot", "travis-ci", "circleci", "azure-pipelines", "jenkins-bot", "pyup-bot",
	"crowdin-bot", "lingohub", "transifex", "sonarcloud", "whitesource-bolt", "mend-bolt", "scala-steward", "step-security-bot", "gitguardian", "git-sync", "fluxcdbot", "argocd-image-updater",
}

// robotDomains are the domains of accounts without a mailbox.
var robotDomains = []string{"users.noreply.github.com", "noreply.github.com", "github.com", "users.noreply.gitlab.com", "noreply.gitlab.com", "noreply.codeberg.org", "users.noreply.codeberg.org", "bots.bitbucket.org"}

// isRobot reports whether a name is that of a well-known robot, also after the number of its account, or of one
// by its name on a host of repositories: 175728472+Copilot@users.noreply.github.com.
func isRobot(name, domain string) bool {
	if number, login, found := strings.Cut(name, "+"); found && text.RunEnd(number, 0, len(number), text.Digit) == len(number) {
		name = login
	}
	if text.ContainsFold(robots, name) {
		return true
	}
	const suffix = "bot"
	n := len(name) - len(suffix)
	return text.ContainsFold(robotDomains, domain) &&
		(n > 0 && text.HasFold(name, n, suffix) && text.Is(name[n-1], text.Joiner) || text.HasFold(name, 0, "project_") && strings.Contains(name, "_bot"))
}

// repositoryHosts are the hosts of repositories whose users in an address are of the service.
var repositoryHosts = []string{
	"github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "git.sr.ht", "hg.sr.ht", "ssh.dev.azure.com", "vs-ssh.visualstudio.com", "hg.mozilla.org", "heroku.com", "altssh.bitbucket.org", "ssh.github.com", "altssh.gitlab.com",
}

// isRepositoryUser reports whether a name is the user of a service for repositories: hg@bitbucket.org,
// svn@svn.corp.example, gitea@host:path.
func isRepositoryUser(r *Reader, name, domain string, end int) bool {
	if text.ContainsFold([]string{"ssh.dev.azure.com", "vs-ssh.visualstudio.com"}, domain) {
		return true // the name is that of an organization
	}
	if !text.ContainsFold(remoteUsers, name) {
		return false
	}
	c := r.Next(end + 1)
	isPath := r.Next(end) == ':' && (text.Is(c, text.Letter) || c == '/' || c == '~')
	first, _, _ := strings.Cut(domain, ".")
	return isPath || text.ContainsFold(repositoryHosts, domain) || strings.EqualFold(first, name) || strings.EqualFold(first, "git") || r.Next(end) == '/'
}

// remoteUsers are the users of services for repositories, apart from git.
var remoteUsers = []string{"gitea", "gitolite", "forgejo", "gogs", "hg", "svn", "aur", "dokku", "piku", "vcs", "bzr", "cvs", "anoncvs", "gerrit", "gitlab", "codecommit", "kallithea", "soft-serve"}

// nodeNames are the names of nodes of Erlang and of workers.
var nodeNames = []string{"rabbit", "rabbitmq", "ejabberd", "couchdb", "emqx", "vernemq", "riak", "mongooseim", "ns_1", "nonode", "celery", "celeryd", "antidote", "kazoo_apps", "ecallmgr", "freeswitch", "bondy", "leofs", "wiki-worker"}

// isNodeName reports whether a name is that of a node or of a worker on a host: rabbit@mq1.corp.example, or
// any in a cluster or after a flag of a node.
func isNodeName(r *Reader, name, domain string, start int) bool {
	if text.ContainsFold(nodeNames, name) && strings.Count(domain, ".") > 1 { // a host in a domain
		return true
	}
	for _, suffix := range [...]string{".cluster.local", ".svc", ".pod.local", ".compute.internal", ".compute.amazonaws.com"} {
		if text.HasFold(domain, len(domain)-len(suffix), suffix) {
			return true
		}
	}
	before := strings.TrimRight(r.Text[max(0, start-16):start], "\"'")
	for _, flag := range [...]string{" --name ", " -name ", "--sname ", " -sname ", "-remsh ", "--remsh ", " -node ", "(:", "[:"} {
		if strings.HasSuffix(before, flag) {
			return true
		}
	}
	return false
}

// isTableLink reports whether a name is a table behind a link to another database: SELECT id FROM t@remote.world.
func isTableLink(r *Reader, domain string, start int) bool {
	const statementMost = 200
	before := r.Text[max(0, start-statementMost):start]
	line := strings.TrimRight(before, " ")
	word := line[text.RunStart(line, len(line), 0, text.Letter):]
	if len(line) == len(before) || !text.ContainsFold([]string{"from", "join", "into", "update", "table"}, word) {
		return false
	}
	isCapital := text.Is(word[0], text.Upper) && text.Is(word[1], text.Upper)
	// In small letters it can be a sentence: select all emails from jane@example.com where ….
	isLink := isCapital || text.HasFold(domain, len(domain)-len(".world"), ".world")
	return isLink && hasStatement(line, isCapital)
}

// hasStatement reports whether a short text has the first word of a statement of SQL, in capitals or in any case.
func hasStatement(in string, isCapital bool) bool {
	for _, word := range [...]string{"SELECT", "INSERT", "DELETE", "UPDATE", "MERGE"} {
		if isCapital && strings.Contains(in, word+" ") || !isCapital && hasWord(in, strings.ToLower(word)) {
			return true
		}
	}
	return false
}

// isMessageID reports whether the name of an address in angle brackets is the identifier of a message: numbers and
// random parts, no word.
func isMessageID(name string) bool {
	const least, digitsLeast = 16, 8
	if len(name) < least || countDigits(name) < digitsLeast {
		return false
	}
	for part := range strings.FieldsFuncSeq(name, func(c rune) bool { return strings.ContainsRune("._-+%", c) }) {
		digits := countDigits(part)
		isHex := text.RunEnd(part, 0, len(part), text.Hexa) == len(part)
		if digits < len(part) && len(part) > 2 && !(isHex && digits*4 >= len(part)) && !text.ShapeOf(part).Random() {
			return false
		}
	}
	return true
}
