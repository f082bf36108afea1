package token

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// hintBefore is how far before a token its context word may be.
const hintBefore = 40

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

// IsVendor reports whether a word, in small letters, is a vendor whose keys have no known format.
func IsVendor(word []byte) bool { return hints[string(word)] == vendor }

// hintAt returns the strongest hint of the words shortly before i and of the key of the
// text. A harmless one overrides all others.
func (r *Reader) hintAt(i int) hint {
	before := r.before(i)
	if n := strings.LastIndexByte(before, '\n'); n >= 0 && strings.TrimSpace(before[n:]) != "" {
		before = before[n:]
	}
	here, key := hintIn(before), hintIn(r.Key)
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

// before returns up to hintBefore bytes of the text before i, without a part of a marker.
func (r *Reader) before(i int) string {
	start := max(0, i-hintBefore)
	back := max(0, start-len(span.MarkerStart)-span.MarkerMax)
	if open := strings.LastIndexByte(r.Text[back:start], '['); open >= 0 {
		start = max(start, span.MarkerEnd(r.Text, back+open))
	}
	return r.Text[min(start, i):i]
}
