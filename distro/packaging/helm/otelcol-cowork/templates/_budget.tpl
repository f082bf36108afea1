{{- define "otelcol-cowork.budget" -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "otelcol-cowork.name" .root }}-{{ .component }}
  labels:
    {{- include "otelcol-cowork.labels" . | nindent 4 }}
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      {{- include "otelcol-cowork.selector" . | nindent 6 }}
{{- end }}
