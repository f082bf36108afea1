{{/* The name of all objects: that of the release, with that of the chart in it. */}}
{{- define "otelcol-cowork.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 40 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" }}{{ end }}
{{- end }}

{{/* Labels that select pods. A component is ingest, correlate or single. */}}
{{- define "otelcol-cowork.selector" -}}
app.kubernetes.io/name: otelcol-cowork
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- with .component }}
app.kubernetes.io/component: {{ . }}
{{- end }}
{{- end }}

{{- define "otelcol-cowork.labels" -}}
{{ include "otelcol-cowork.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{- define "otelcol-cowork.serviceAccount" -}}
{{ .Values.serviceAccount.name | default (include "otelcol-cowork.name" .) }}
{{- end }}

{{- define "otelcol-cowork.image" -}}
{{ .Values.image.repository }}{{ if .Values.image.digest }}@{{ .Values.image.digest }}{{ else }}:{{ .Values.image.tag | default .Chart.AppVersion }}{{ end }}
{{- end }}

{{/* The addresses of the second tier, which do not change while its size does not. */}}
{{- define "otelcol-cowork.correlators" -}}
{{- $name := include "otelcol-cowork.name" . -}}
{{- $all := list -}}
{{- range until (int .Values.correlate.replicas) }}{{ $all = append $all (printf "%s-correlate-%d.%s-correlate:4317" $name . $name) }}{{ end -}}
[{{ join ", " $all }}]
{{- end }}
