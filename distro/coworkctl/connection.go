package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/cowork-otel/collector/distro/coworkctl/otlp"
)

// connectionFlags select the endpoint and how requests are sent to it.
type connectionFlags struct {
	settings otlp.Settings
	headers  []string
}

func (c *connectionFlags) register(flags *pflag.FlagSet) {
	s := &c.settings
	flags.StringVar(&s.Endpoint, "endpoint", "http://localhost:4318", "address of the collector; /v1/logs is added if missing")
	flags.StringVar(&s.Protocol, "protocol", otlp.HTTPJSON, strings.Join(otlp.Protocols, ", "))
	flags.StringArrayVar(&c.headers, "header", nil, "header as name=value; repeatable")
	flags.StringVar(&s.CAFile, "ca-file", "", "PEM file of the CA to trust instead of the system's")
	flags.StringVar(&s.CertFile, "cert-file", "", "PEM file of the client certificate")
	flags.StringVar(&s.KeyFile, "key-file", "", "PEM file of the client certificate's key")
	flags.BoolVar(&s.InsecureSkipVerify, "insecure-skip-verify", false, "accept any certificate")
	flags.BoolVar(&s.Gzip, "gzip", false, "compress the requests")
	flags.DurationVar(&s.Timeout, "timeout", 10*time.Second, "maximum duration of one request")
}

// newClient returns the client that the flags describe.
func (c *connectionFlags) newClient() (_ *otlp.Client, err error) {
	if c.settings.Headers, err = parseHeaders(c.headers); err != nil {
		return nil, err
	}
	return otlp.New(c.settings)
}

// parseHeaders parses the values of --header.
func parseHeaders(written []string) (headers []otlp.Header, err error) {
	for i, text := range written {
		h, err := otlp.ParseHeader(text)
		if err != nil {
			return nil, fmt.Errorf("--header %d: %w", i+1, err)
		}
		headers = append(headers, h)
	}
	return headers, nil
}
