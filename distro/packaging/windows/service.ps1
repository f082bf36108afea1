# Installs otelcol-cowork as a Windows service, from an unpacked archive, as an administrator:
#
#   powershell -ExecutionPolicy Bypass -File service.ps1
#
# A second run updates the program and keeps configuration and data. -Uninstall removes the
# service and the program, and keeps both too.
param(
    [string]$Program = "$env:ProgramFiles\otelcol-cowork",
    [string]$Data = "$env:ProgramData\otelcol-cowork",
    [switch]$Uninstall
)
$ErrorActionPreference = 'Stop'
$name = 'otelcol-cowork'
$account = "NT SERVICE\$name"

$service = Get-Service -Name $name -ErrorAction SilentlyContinue
if ($service) { Stop-Service -Name $name }
if ($Uninstall) {
    if ($service) { sc.exe delete $name }
    if ([System.Diagnostics.EventLog]::SourceExists($name)) { Remove-EventLog -Source $name }
    Remove-Item -Recurse -Force $Program -ErrorAction SilentlyContinue
    Write-Output "removed; $Data is kept"
    return
}

New-Item -ItemType Directory -Force $Program, $Data | Out-Null
Copy-Item -Force "$PSScriptRoot\*" $Program -Recurse
$config = "$Data\config.yaml"
if (-not (Test-Path $config)) {
    Set-Content -Path $config -Value "# Merged into the default configuration: $Program\config.yaml shows it."
}

# The new program refuses a configuration with a mistake before the service is changed.
$env:COWORK_DATA = $Data
$env:COWORK_REQUIRE_REDACTION = 'true'
& "$Program\otelcol-cowork.exe" validate --config "$config"
if ($LASTEXITCODE -ne 0) { throw "$config has a mistake (see above)" }

if (-not $service) {
    $command = "`"$Program\otelcol-cowork.exe`" --config `"$config`""
    New-Service -Name $name -DisplayName 'OpenTelemetry Collector for Claude Cowork' -BinaryPathName $command -StartupType Automatic | Out-Null
    sc.exe config $name obj= $account | Out-Null
    sc.exe failure $name reset= 86400 actions= restart/5000/restart/5000/restart/60000 | Out-Null
}
if (-not [System.Diagnostics.EventLog]::SourceExists($name)) { New-EventLog -LogName Application -Source $name }
# The environment of the service: its folder of data, and no pipeline without redaction.
Set-ItemProperty -Path "HKLM:\SYSTEM\CurrentControlSet\Services\$name" -Name Environment -Type MultiString -Value @(
    "COWORK_DATA=$Data", 'COWORK_REQUIRE_REDACTION=true')
# Only the service and administrators read what is stored.
icacls.exe $Data /inheritance:r /grant:r 'SYSTEM:(OI)(CI)F' 'Administrators:(OI)(CI)F' "${account}:(OI)(CI)M" | Out-Null
Start-Service -Name $name
Get-Service -Name $name
