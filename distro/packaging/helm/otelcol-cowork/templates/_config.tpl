{{/* The files of a component's configuration, and the order in which they are merged. */}}
{{- define "otelcol-cowork.files" -}}
{{- $files := dict -}}
{{- if eq .component "single" }}
{{- $_ := set $files "single.yaml" (.root.Files.Get (ternary "files/single.yaml" "files/scrape.yaml" (ne .root.Values.auth.existingSecret ""))) }}
{{- else }}
{{- $example := printf "scale-%s.yaml" .component }}
{{- $_ := set $files $example (.root.Files.Get (printf "files/%s" $example)) }}
{{- $own := printf "%s.yaml" .component }}
{{- $source := ternary "scrape" .component (and (eq .component "ingest") (eq .root.Values.auth.existingSecret "")) }}
{{- $_ := set $files $own (.root.Files.Get (printf "files/%s.yaml" $source)) }}
{{- end }}
{{- if include "otelcol-cowork.page" . }}{{ $_ := set $files "page.yaml" (.root.Files.Get "files/page.yaml") }}{{ end }}
{{- range $name, $text := include "otelcol-cowork.overlays" . | fromYaml }}{{ $_ := set $files $name $text }}{{ end }}
{{- toYaml $files }}
{{- end }}

{{/* The overlays that the values add to a component. */}}
{{- define "otelcol-cowork.overlays" -}}
{{- $own := dict "ingest" .root.Values.configIngest "correlate" .root.Values.configCorrelate "single" dict -}}
{{- toYaml (merge (dict) (get $own .component) .root.Values.config) }}
{{- end }}

{{/* Not empty if a component has the page with PostgreSQL. */}}
{{- define "otelcol-cowork.page" -}}
{{- if and (eq .component "correlate") .root.Values.page.database.existingSecret }}yes{{ end }}
{{- end }}

{{- define "otelcol-cowork.args" -}}
{{- if eq .component "single" }}
- "--config=default:"
{{- else }}
- --config=/etc/otelcol-cowork/scale-{{ .component }}.yaml
{{- end }}
- --config=/etc/otelcol-cowork/{{ .component }}.yaml
{{- if include "otelcol-cowork.page" . }}
- --config=/etc/otelcol-cowork/page.yaml
{{- end }}
{{- range $name, $text := include "otelcol-cowork.overlays" . | fromYaml }}
- --config=/etc/otelcol-cowork/{{ $name }}
{{- end }}
{{- end }}

{{/* The ConfigMap of a component, whose checksum is an annotation of its pods. */}}
{{- define "otelcol-cowork.configmap" -}}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "otelcol-cowork.name" .root }}{{ if ne .component "single" }}-{{ .component }}{{ end }}
  labels:
    {{- include "otelcol-cowork.labels" . | nindent 4 }}
data:
  {{- range $name, $text := include "otelcol-cowork.files" . | fromYaml }}
  {{ $name }}: |
    {{- $text | trim | nindent 4 }}
  {{- end }}
{{- end }}
