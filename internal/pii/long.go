package pii

// This file holds the detector of tokens of unknown format: a long random word near
// a context word such as key.

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
)

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
	t := w.Text
	if !w.enabled(span.APIKey) || w.isSum(start, end) || !text.HasMixture(t[start:end]) {
		return end
	}
	start = text.RunStart(t, start, start-longMost/4, text.KeyChars)
	end = text.RunEnd(t, end, start+longMost, text.KeyChars)
	if text.Is(w.Next(end), text.Base64x) && t[end] != '=' {
		end = text.RunEnd(t, end, start+longMost, text.Alnum|text.Base64x)
	}
	if w.Next(end) == '=' {
		end = text.RunEnd(t, end, end+2, text.Base64x)
	}
	if c := w.Previous(start); c == '/' || c == '+' {
		from := text.RunStart(t, start, start-tokenLeast, text.Alnum|text.Base64x)
		start = from + strings.LastIndexByte(t[from:start], '=') + 1
	}
	token := t[start:end]
	if isAzureKey(token) || strings.HasSuffix(token, "_mmk") || strings.HasSuffix(token, "NRAL") && len(token) == 40 {
		return max(end, w.addSpan(span.APIKey, span.Structural, start, end))
	}
	if before := w.Previous(start); len(token) < tokenLeast || text.Is(before, text.Alnum|text.Joiner|text.Dot) || before == '/' || before == '#' || !isDrawn(token) {
		return end
	}
	if !isUncommon(token) && !w.adjoins(start) {
		return end
	}
	if h := w.hintAt(start); h == noHint || h == harmless {
		return end
	}
	return max(end, w.addSpan(span.APIKey, span.Generic, start, end))
}

// isDrawn reports whether a token is random, and not a path or a name with a number.
func isDrawn(token string) bool {
	s := text.ShapeOf(token)
	return s.Random() && (s.Digit*12 >= min(len(token), text.Judged) || text.IsGibberish(token, text.OneInThree)) &&
		strings.Count(token, "/")*8 <= len(token) && !text.IsSequence(token)
}

// isSum reports whether a word has only hexadecimal digits and no joints, as checksums
// and identifiers do.
func (w *walk) isSum(start, end int) bool {
	return text.RunEnd(w.Text, start, end, text.Hexa) == end && !text.Is(w.Previous(start), text.Joiner) && !text.Is(w.Next(end), text.Joiner|text.Base64x) && !w.adjoins(start)
}

// isUncommon reports whether a token is no checksum or number in hexadecimal digits.
func isUncommon(token string) bool {
	s := text.ShapeOf(token)
	return s.NotHex && s.Digit > 0 && (s.Lower > 0 && s.Upper > 0 || len(token) >= 32)
}

// adjoins reports whether a token is assigned or an argument: an operator or a comma
// precedes it, with or without a quote.
func (w *walk) adjoins(i int) bool {
	if i > 0 && text.Is(w.Text[i-1], text.Quote) {
		i--
	}
	for limit := i - 3; i > 0 && i > limit && (w.Text[i-1] == ' ' || w.Text[i-1] == '\\'); i-- {
	}
	c := w.Previous(i)
	return c == '=' || c == ':' || c == ',' || c == '('
}

// hintAt returns the strongest hint of the words shortly before i and of the key of the
// text. A harmless one overrides all others.
func (w *walk) hintAt(i int) hint {
	before := span.Before(w.Text, i, hintBefore)
	if n := strings.LastIndexByte(before, '\n'); n >= 0 && strings.TrimSpace(before[n:]) != "" {
		before = before[n:]
	}
	here, key := hintIn(before), hintIn(w.Key)
	if here == harmless || key == harmless {
		return harmless
	}
	return max(here, key)
}

// hintIn returns the strongest hint of the words of a short text.
func hintIn(in string) (found hint) {
	var word [16]byte
	for i := 0; i < len(in); {
		if !text.Is(in[i], text.Letter) {
			i++
			continue
		}
		end := i + 1
		for end < len(in) && text.Is(in[end], text.Alnum) && !(text.Is(in[end], text.Upper) && text.Is(in[end-1], text.Lower)) {
			end++
		}
		if end-i <= len(word) {
			for k := range end - i {
				word[k] = text.ToLower(in[i+k])
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
