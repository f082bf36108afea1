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
	codeHost      // a vendor whose hashes are often those of commits
	weakHint      // it could be a key
	vendor        // a vendor whose keys have no known format
)

// hints has the context words, in small letters.
var hints = hintWords(map[hint]string{
	harmless: `sha sha1 sha256 sha384 sha512 md5 crc hash hashes h1 digest checksum checksums sum integrity commit commits rev revision
		blob tree etag uuid guid fingerprint public pub pubkey image layer model trace span request req cache version resolved
		cursor page nonce salt iv boundary index object document file folder sheet foreign primary partition idempotency sort shard group row lookup dedupe deduplication gpg pgp signing host video playlist channel thread message msg
		id ids arn next continuation marker pagination pattern endpoint certificate cert csr thumbprint signature ref head parent merge cherry base64 svg png jpeg gif font woff woff2 src href`,
	weakHint: `key keys apikey token tokens secret secrets auth authorization bearer credential credentials creds password passwd pwd
		api webhook license sas jwt access private login sid pat oauth session cookie`,
	codeHost: `bitbucket github gitlab`,
	vendor: `adafruit adobe airtable algolia alibaba aliyun amplitude artifactory asana atlassian auth0 baidu bitly bittrex
		box circleci civo clearbit clickup cloudant cloudflare cloudinary codacy codeclimate codecov cohere coinbase confluent
		contentful coveralls datadog deepgram deepl deepseek discord disqus droneci dropbox elastic elevenlabs etsy exoscale
		facebook fastly figma finicity finnhub firebase flickr freshbooks freshdesk gemini giphy gitter gocardless
		gumroad heroku honeycomb hubspot infura instagram intercom ipstack jenkins jfrog jira kraken kucoin launchdarkly linear
		linkedin linode lob looker mailchimp mailgun mapbox mattermost mendeley meraki messagebird mistral mixpanel mongodb
		netlify newrelic nytimes okta openai openweather opsgenie pagerduty pendo pinecone pinterest plaid planetscale postmark
		pusher rapidapi reddit rollbar salesforce scaleway segment sendbird sendgrid sentry shodan shopify slack snyk sonar
		sonarqube sourcegraph splunk spotify squarespace stability strava stripe sumo sumologic supabase telegram tencent
		todoist travis trello truenas tumblr twilio twitch twitter typeform unsplash vercel virustotal vonage vultr yandex
		youtube zendesk zoom
		abstractapi abuseipdb activecampaign adyen aftership agora ai21 airbrake airbyte akeyless alchemy alienvault alphavantage alpaca
		amadeus apify apollo appdynamics applitools appveyor assemblyai avalara bamboohr beamer betterstack bigcommerce binance bitfinex bitmex
		bitrise bitwarden blizzard blockfrost bluesky braintree braze brevo brightdata browserstack bugsnag buildkite bybit calendly
		campaignmonitor cartesia censys chargebee checkly clarifai clicksend clockify cloudsight cloudsmith codemagic coinapi coingecko
		coinmarketcap convertkit coralogix couchbase crowdin cryptocompare currencylayer customerio cypress databricks datocms deribit diffbot
		dingtalk docusign doppler duffel dynatrace easypost edamam edenai elasticemail etherscan eventbrite exchangerate feishu filestack firecrawl
		fivetran flutterwave foursquare freshworks gemfury geocodio getresponse gladia gorgias grafana greynoise groq gumroad harness helpscout heygen
		hellosign helicone hetzner honeybadger hubstaff huggingface ibm iexcloud imagekit infobip influxdb insightly instana ipdata ipgeolocation
		ipinfo iterable jotform jumpcloud kagi kaggle keycdn klaviyo labelbox lambdatest langfuse langsmith lastfm lastpass lightstep
		livechat locationiq logdna loggly logtail logzio lokalise mailerlite mailersend mailjet mapquest marketstack maxmind mediastack metabase mezmo mollie
		moosend moralis musixmatch neo4j newsapi nexmo ngrok okx ollama omdb onelogin onesignal onfido opencage openrouter openweathermap owlbot owm
		packagecloud paddle pandadoc papertrail paypal paystack percy perplexity personio pexels pingdom pipedrive pixabay plivo poeditor polygonscan
		poloniex postmarkapp pubnub pushbullet pushover pushwoosh pyowm quandl quicknode raygun razorpay recurly replicate rippling roboflow rudderstack samsara
		saucelabs scraperapi scrapingbee securitytrails sendinblue sendpulse serpapi serper shippo shipstation shutterstock sinch smartsheet
		snowflake soundcloud sparkpost speechmatics spoonacular statuscake statuspage storyblok sumsub surveymonkey tavily taxjar telnyx textmagic
		thingsboard ticketmaster tiingo tmdb toggl tomtom transifex transloadit twelvedata unleash upcloud uploadcare uptimerobot urlscan viber vimeo
		voyageai wandb weatherapi weatherbit webflow wistia wolfram wolframalpha woocommerce worldpay wrike yelp zenrows zerobounce zerotier zoho`,
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
func IsVendor(word []byte) bool {
	h := hints[string(word)]
	return h == vendor || h == codeHost
}

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

// nameHint returns the strongest hint of the name that i is assigned to and of the key of
// the text. Of a name that is a path it reads only what follows the last slash. Of a value
// that is not assigned it returns the strongest hint of all.
func (r *Reader) nameHint(i int) hint {
	in := r.Text
	end := text.RunStart(in, i, i-4, text.Space|text.Quote)
	if c := in[max(0, end-1)]; end == 0 || c != ':' && c != '=' {
		return vendor
	}
	end = text.RunStart(in, end-1, end-4, text.Space|text.Quote|text.Colon)
	start := end
	for start > 0 && end-start < hintBefore && in[start-1] != '\n' && !text.Is(in[start-1], text.Quote) {
		start--
	}
	start += strings.LastIndexByte(in[start:end], '/') + 1
	return max(hintIn(in[start:end]), hintIn(r.Key))
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

// nouns are the names of keys, in small letters.
var nouns = [...]string{
	"key", "apikey", "accesskey", "authkey", "privatekey", "secretkey",
	"token", "accesstoken", "authtoken", "secret", "appsecret", "clientsecret",
}

// followsNoun reports whether a noun such as key is directly before i: only spaces, quotes
// and the word is are between them.
func (r *Reader) followsNoun(i int) bool {
	const verb = " is"
	i = text.RunStart(r.Text, i, i-3, text.Space|text.Quote)
	if text.HasFold(r.Text, i-len(verb), verb) {
		i -= len(verb)
	}
	if i == 0 || !strings.ContainsRune("yntYNT", rune(r.Text[i-1])) { // the last letters of the nouns
		return false
	}
	for _, noun := range nouns {
		start := i - len(noun)
		if text.HasFold(r.Text, start, noun) && (start == 0 || !text.Is(r.Text[start-1], text.Letter) || text.Is(r.Text[start-1], text.Lower) && text.Is(r.Text[start], text.Upper)) {
			return true
		}
	}
	return false
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
