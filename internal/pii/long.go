package pii

// This file holds the detector of tokens of unknown format: a long random word near
// a context word such as key.

import "strings"

const (
	longLeast  = 20 // letters and digits on end that make a word long
	tokenLeast = 24 // of a token of unknown format
	longMost   = 256
	hintBefore = 40 // how far before a token its context word may be
)

// A hint is what a context word indicates about a token.
type hint uint8

const (
	noHint   hint = iota
	harmless      // it is a checksum or an identifier
	weakHint      // it could be a key
	vendor        // a vendor whose keys have no known format
)

// hints has the context words, in small letters.
var hints = hintWords(map[hint]string{
	harmless: `sha sha1 sha256 sha384 sha512 md5 crc hash hashes h1 digest checksum checksums sum integrity commit commits rev revision
		blob tree etag uuid guid fingerprint public pub pubkey image layer model trace span request req cache version resolved
		cursor page nonce salt iv boundary index object document file folder sheet foreign primary partition idempotency video playlist channel thread message msg
		id ids arn next continuation marker pagination pattern endpoint certificate cert csr thumbprint signature ref head parent merge cherry base64 svg png jpeg gif font woff woff2 src href`,
	weakHint: `key keys apikey token tokens secret secrets auth authorization bearer credential credentials creds password passwd pwd
		api webhook license sas jwt access private login sid pat oauth session cookie`,
	vendor: `adafruit adobe airtable algolia alibaba aliyun amplitude artifactory asana atlassian auth0 baidu bitbucket bitly bittrex
		box circleci civo clearbit clickup cloudant cloudflare cloudinary codacy codeclimate codecov cohere coinbase confluent
		contentful coveralls datadog deepgram deepl deepseek discord disqus droneci dropbox elastic elevenlabs etsy exoscale
		facebook fastly figma finicity finnhub firebase flickr freshbooks freshdesk gemini giphy github gitlab gitter gocardless
		gumroad heroku honeycomb hubspot infura instagram intercom ipstack jenkins jfrog jira kraken kucoin launchdarkly linear
		linkedin linode lob looker mailchimp mailgun mapbox mattermost mendeley meraki messagebird mistral mixpanel mongodb
		netlify newrelic nytimes okta openai openweather opsgenie pagerduty pendo pinecone pinterest plaid planetscale postmark
		pusher rapidapi reddit rollbar salesforce scaleway segment sendbird sendgrid sentry shodan shopify slack snyk sonar
		sonarqube sourcegraph splunk spotify squarespace stability strava stripe sumo sumologic supabase telegram tencent
		todoist travis trello truenas tumblr twilio twitch twitter typeform unsplash vercel virustotal vonage vultr yandex
		youtube zendesk zoom`,
})

func hintWords(lists map[hint]string) map[string]hint {
	words := map[string]hint{}
	for h, list := range lists {
		for word := range strings.FieldsSeq(list) {
			words[word] = h
		}
	}
	return words
}

// long detects a token of unknown format in and around the long word [start, end), and
// returns where the walk continues.
func (w *walk) long(start, end int) int {
	t := w.text
	if !w.enabled(apiKey) || w.isSum(start, end) || !hasMixture(t[start:end]) {
		return end
	}
	start = runStart(t, start, start-longMost/4, keyChars)
	end = runEnd(t, end, start+longMost, keyChars)
	if is(w.next(end), base64x) && t[end] != '=' {
		end = runEnd(t, end, start+longMost, alnum|base64x)
	}
	if w.next(end) == '=' {
		end = runEnd(t, end, end+2, base64x)
	}
	if c := w.previous(start); c == '/' || c == '+' {
		from := runStart(t, start, start-tokenLeast, alnum|base64x)
		start = from + strings.LastIndexByte(t[from:start], '=') + 1
	}
	token := t[start:end]
	if isAzureKey(token) || strings.HasSuffix(token, "_mmk") || strings.HasSuffix(token, "NRAL") && len(token) == 40 {
		return max(end, w.addSpan(apiKey, rankStructural, start, end))
	}
	if before := w.previous(start); len(token) < tokenLeast || is(before, alnum|joiner|dot) || before == '/' || before == '#' || !isDrawn(token) {
		return end
	}
	if !isUncommon(token) && !w.adjoins(start) {
		return end
	}
	if h := w.hintAt(start); h == noHint || h == harmless {
		return end
	}
	return max(end, w.addSpan(apiKey, rankGeneric, start, end))
}

// isDrawn reports whether a token is random, and not a path or a name with a number.
func isDrawn(token string) bool {
	s := shapeOf(token)
	return s.random() && (s.digit*12 >= min(len(token), judged) || isGibberish(token, oneInThree)) &&
		strings.Count(token, "/")*8 <= len(token) && !isSequence(token)
}

// isSum reports whether a word has only hexadecimal digits and no joints, as checksums
// and identifiers do.
func (w *walk) isSum(start, end int) bool {
	return runEnd(w.text, start, end, hexa) == end && !is(w.previous(start), joiner) && !is(w.next(end), joiner|base64x) && !w.adjoins(start)
}

// isUncommon reports whether a token is no checksum or number in hexadecimal digits.
func isUncommon(token string) bool {
	s := shapeOf(token)
	return s.notHex && s.digit > 0 && (s.lower > 0 && s.upper > 0 || len(token) >= 32)
}

// adjoins reports whether a token is assigned or an argument: an operator or a comma
// precedes it, with or without a quote.
func (w *walk) adjoins(i int) bool {
	if i > 0 && is(w.text[i-1], quote) {
		i--
	}
	for limit := i - 3; i > 0 && i > limit && (w.text[i-1] == ' ' || w.text[i-1] == '\\'); i-- {
	}
	c := w.previous(i)
	return c == '=' || c == ':' || c == ',' || c == '('
}

// hintAt returns the strongest hint of the words shortly before i and of the key of the
// text. A harmless one overrides all others.
func (w *walk) hintAt(i int) hint {
	before := w.before(i, hintBefore)
	if n := strings.LastIndexByte(before, '\n'); n >= 0 && strings.TrimSpace(before[n:]) != "" {
		before = before[n:]
	}
	here, key := hintIn(before), hintIn(w.key)
	if here == harmless || key == harmless {
		return harmless
	}
	return max(here, key)
}

// hintIn returns the strongest hint of the words of a short text.
func hintIn(text string) (found hint) {
	var word [16]byte
	for i := 0; i < len(text); {
		if !is(text[i], letter) {
			i++
			continue
		}
		end := i + 1
		for end < len(text) && is(text[end], alnum) && !(is(text[end], upper) && is(text[end-1], lower)) {
			end++
		}
		if end-i <= len(word) {
			for k := range end - i {
				word[k] = lowered(text[i+k])
			}
			switch h := hints[string(word[:end-i])]; {
			case h == harmless:
				return harmless
			case h > found:
				found = h
			}
		}
		i = end
	}
	return found
}

// azureMarks are the service and the version at a fixed offset in the keys of Azure.
var azureMarks = []struct {
	mark     string
	at, size int
}{
	{"AZDO", 76, 84},   // DevOps
	{"JQQJ99", 52, 84}, // any, of the form that all are to have
	{"AzSe", 42, 52},   // Search
	{"AzFu", 44, 56},   // Functions
	{"+ACR", 42, 52},   // Container Registry
	{"AzCa", 33, 44},   // Cache
	{"AIoT", 33, 44},   // IoT
	{"+AEh", 33, 44},   // Event Hubs
	{"+ASb", 33, 44},   // Service Bus
	{"+ARm", 33, 44},   // Relay
	{"+ASt", 76, 88},   // Storage
	{"ACDb", 76, 88},   // Cosmos DB
	{"+ABa", 76, 88},   // Batch
}

// isAzureKey reports whether a token has the mark of a service of Azure.
func isAzureKey(token string) bool {
	for _, m := range azureMarks {
		if len(token) == m.size && strings.HasPrefix(token[m.at:], m.mark) {
			return true
		}
	}
	return false
}
