{{/* The template of a component's pods. */}}
{{- define "otelcol-cowork.pod" -}}
{{- $name := include "otelcol-cowork.name" .root -}}
{{- $values := .root.Values -}}
{{- $own := get $values .component -}}
{{- $clients := ne .component "correlate" -}}
{{- $tiers := ne .component "single" -}}
{{- $labels := include "otelcol-cowork.selector" . -}}
metadata:
  labels:
    {{- $labels | nindent 4 }}
  annotations:
    checksum/config: {{ include "otelcol-cowork.configmap" . | sha256sum }}
    {{- with $values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "otelcol-cowork.serviceAccount" .root }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- with $values.image.pullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  # The collector ends 18 s after its signal at the latest. Pods of ingest drain first.
  terminationGracePeriodSeconds: {{ if eq .component "ingest" }}{{ add $own.drainSeconds 30 }}{{ else }}30{{ end }}
  securityContext: {runAsNonRoot: true, runAsUser: 10001, runAsGroup: 10001, fsGroup: 10001, fsGroupChangePolicy: OnRootMismatch, seccompProfile: {type: RuntimeDefault}}
  {{- if $tiers }}
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: topology.kubernetes.io/zone
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- $labels | nindent 10 }}
  affinity:
    podAntiAffinity:
      preferredDuringSchedulingIgnoredDuringExecution:
        - weight: 100
          podAffinityTerm:
            topologyKey: kubernetes.io/hostname
            labelSelector:
              matchLabels:
                {{- $labels | nindent 16 }}
  {{- end }}
  {{- with $values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  containers:
    - name: collector
      image: {{ include "otelcol-cowork.image" .root }}
      imagePullPolicy: {{ $values.image.pullPolicy }}
      args:
        {{- include "otelcol-cowork.args" . | trim | nindent 8 }}
      env:
        {{- include "otelcol-cowork.env" . | trim | nindent 8 }}
      ports:
        - {name: otlp-grpc, containerPort: 4317, protocol: TCP}
        {{- if $clients }}
        - {name: otlp-http, containerPort: 4318, protocol: TCP}
        {{- end }}
        - {name: metrics, containerPort: 8888, protocol: TCP}
        - {name: health, containerPort: 13133, protocol: TCP}
      startupProbe: {httpGet: {path: /, port: health}, periodSeconds: 2, failureThreshold: 60}
      readinessProbe: {httpGet: {path: /, port: health}, periodSeconds: 5, failureThreshold: 2}
      # Not the health check: a restart does not help on a full disk.
      livenessProbe: {tcpSocket: {port: health}, periodSeconds: 10, failureThreshold: 6}
      {{- if eq .component "ingest" }}
      # The queue is deleted with the pod. Its events are delivered first.
      lifecycle: {preStop: {exec: {command: [/coworkctl, drain, --within={{ $own.drainSeconds }}s]}}}
      {{- end }}
      resources:
        {{- toYaml $own.resources | nindent 8 }}
      securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
      volumeMounts:
        - {name: config, mountPath: /etc/otelcol-cowork, readOnly: true}
        {{- if and $clients $values.auth.existingSecret }}
        - {name: tokens, mountPath: /etc/otelcol-cowork-tokens, readOnly: true}
        {{- end }}
        {{- if $tiers }}
        - {name: tiers, mountPath: /etc/otelcol-cowork-tiers, readOnly: true}
        {{- end }}
        - {name: data, mountPath: /var/lib/otelcol-cowork}
  volumes:
    - {name: config, configMap: {name: {{ $name }}{{ if $tiers }}-{{ .component }}{{ end }}}}
    {{- if and $clients $values.auth.existingSecret }}
    - name: tokens
      secret:
        secretName: {{ $values.auth.existingSecret }}
        defaultMode: 0440
        {{- if ne $values.auth.key "token" }}
        items: [{key: {{ $values.auth.key }}, path: token}]
        {{- end }}
    {{- end }}
    {{- if $tiers }}
    - {name: tiers, secret: {secretName: {{ $values.tiers.existingSecret }}, defaultMode: 0440}}
    {{- end }}
    {{- if eq .component "ingest" }}
    - {name: data, emptyDir: {sizeLimit: {{ $own.queue }}}}
    {{- end }}
{{- end }}

{{- define "otelcol-cowork.env" -}}
{{- $values := .root.Values -}}
{{- if eq .component "ingest" }}
- {name: COWORK_CORRELATORS, value: {{ include "otelcol-cowork.correlators" .root | quote }}}
{{- end }}
- {name: COWORK_OTLP_GRPC, value: "0.0.0.0:4317"}
{{- if ne .component "correlate" }}
- {name: COWORK_OTLP_HTTP, value: "0.0.0.0:4318"}
{{- end }}
{{- if ne .component "ingest" }}
- {name: COWORK_PAGE, value: "localhost:4320"} # for kubectl port-forward only
{{- end }}
- {name: COWORK_HEALTH, value: "0.0.0.0:13133"}
- {name: COWORK_DATA, value: /var/lib/otelcol-cowork}
- {name: COWORK_REQUIRE_REDACTION, value: "true"}
{{- if eq .component "single" }}
- {name: COWORK_FILE_BACKUPS, value: {{ $values.single.fileBackups | quote }}}
- {name: COWORK_QUEUE_BYTES, value: {{ $values.single.queueBytes | quote }}}
{{- else }}
- {name: OTLP_ENDPOINT, value: {{ required "otlpEndpoint: is not set (set the address of your OTLP backend, such as https://otlp.example.com)" $values.otlpEndpoint | quote }}}
- {name: COWORK_TLS_CA, value: /etc/otelcol-cowork-tiers/ca.crt}
- {name: COWORK_TLS_CERT, value: /etc/otelcol-cowork-tiers/tls.crt}
- {name: COWORK_TLS_KEY, value: /etc/otelcol-cowork-tiers/tls.key}
{{- end }}
- {name: GOMEMLIMIT, value: {{ (get $values .component).memoryLimit }}}
{{- if include "otelcol-cowork.page" . }}
- {name: COWORK_TIME_ZONE, value: {{ $values.page.timeZone | quote }}}
- {name: COWORK_DATABASE, valueFrom: {secretKeyRef: {name: {{ $values.page.database.existingSecret }}, key: url}}}
- {name: PGPASSWORD, valueFrom: {secretKeyRef: {name: {{ $values.page.database.existingSecret }}, key: password}}}
{{- end }}
{{- with $values.env }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* The volume of a component that keeps its data. */}}
{{- define "otelcol-cowork.volume" -}}
- metadata: {name: data}
  spec:
    accessModes: [ReadWriteOnce]
    {{- with .storageClass }}
    storageClassName: {{ . }}
    {{- end }}
    resources: {requests: {storage: {{ .size }}}}
{{- end }}
