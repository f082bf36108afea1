package secret

var vendors = wordSet(`adafruit adobe airtable algolia alibaba aliyun amplitude artifactory asana atlassian auth0 baidu bitbucket bitly bittrex
		box circleci civo clearbit clickup cloudant cloudflare cloudinary codacy codeclimate codecov cohere coinbase confluent
		contentful coveralls datadog deepgram deepl deepseek discord disqus droneci dropbox elastic elevenlabs etsy exoscale
		facebook fastly figma finicity finnhub firebase flickr freshbooks freshdesk gemini giphy github gitlab gitter gocardless
		gumroad heroku honeycomb hubspot infura instagram intercom ipstack jenkins jfrog jira kraken kucoin launchdarkly linear
		linkedin linode lob looker mailchimp mailgun mapbox mattermost mendeley meraki messagebird mistral mixpanel mongodb
		netlify newrelic nytimes okta openai openweather opsgenie pagerduty pendo pinecone pinterest plaid planetscale postmark
		pusher rapidapi reddit rollbar salesforce scaleway segment sendbird sendgrid sentry shodan shopify slack snyk sonar
		sonarqube sourcegraph splunk spotify squarespace stability strava stripe sumo sumologic supabase telegram tencent
		todoist travis trello truenas tumblr twilio twitch twitter typeform unsplash vercel virustotal vonage vultr yandex
		youtube zendesk zoom`)
