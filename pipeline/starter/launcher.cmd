@echo off
rem Double-click this file. It works where it stands: on a disk, on a stick, or on a shared folder of the network.
setlocal EnableExtensions DisableDelayedExpansion
title @TITLE@
rem Whoever may write in this folder could put a program here: none is ever looked for in it.
set "NoDefaultCurrentDirectoryInExePath=1"
set "CODE=4"
set "ROOT=%~dp0"
pushd "%ROOT%" || goto no_folder

call :find_program
if not defined PROGRAM goto no_program
call :find_reports
if "%COUNT%"=="0" goto no_report
call :choose_report
if not defined REPORT goto finish

echo.
echo @TITLE@: "%REPORT%"
echo.
call %PROGRAM% @COMMAND@ "%REPORT%"
set "CODE=%ERRORLEVEL%"
echo.
if "%CODE%"=="0" echo Done.
if "%CODE%"=="1" echo Something in the files needs putting right. The lines above say what, and where.
if "%CODE%"=="3" echo Somebody needs to look at this. The lines above say at what.
if not "%CODE%"=="0" if not "%CODE%"=="1" if not "%CODE%"=="3" echo Please show this window to IT.
goto finish

:find_program
rem First one that was installed for everybody, then any Python that has it, isolated from the folder it is started in.
set "PROGRAM="
for /f "delims=" %%P in ('where "$PATH:committee-papers" 2^>nul') do if not defined PROGRAM set "PROGRAM="%%~P""
if defined PROGRAM goto :eof
py -I -m pipeline --version >nul 2>nul
if not errorlevel 1 set "PROGRAM=py -I -m pipeline"
if defined PROGRAM goto :eof
python -I -m pipeline --version >nul 2>nul
if not errorlevel 1 set "PROGRAM=python -I -m pipeline"
goto :eof

:find_reports
set "COUNT=0"
set "REPORT="
for /d %%R in ("templates\*") do if exist "%%~R\report.toml" call :add_report "%%~nxR"
goto :eof

:add_report
set /a COUNT+=1
set "REPORT%COUNT%=%~1"
set "REPORT=%~1"
goto :eof

:choose_report
if "%COUNT%"=="1" goto :eof
set "KEYS=123456789abcdefghijklmnopqrstuvwxyz"
if %COUNT% gtr 35 set "COUNT=35"
call set "KEYS=%%KEYS:~0,%COUNT%%%"
echo Which paper?
echo.
for /l %%N in (1,1,%COUNT%) do call :show_report %%N
echo.
choice /c %KEYS% /n /m "Press the key of the paper you want: "
call set "REPORT=%%REPORT%ERRORLEVEL%%%"
goto :eof

:show_report
set /a PLACE=%1-1
call set "KEY=%%KEYS:~%PLACE%,1%%"
call echo   %KEY%  "%%REPORT%1%%"
goto :eof

:no_folder
echo This folder cannot be opened: "%ROOT%"
goto finish

:no_program
echo The program "committee-papers" was not found on this computer. Please ask IT to install it.
goto finish

:no_report
echo There is no report in the folder "templates". Each report is a folder that holds a file "report.toml".
goto finish

:finish
popd
echo.
echo Press any key to close this window.
pause >nul
exit /b %CODE%
