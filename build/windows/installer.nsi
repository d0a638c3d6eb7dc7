; The setup program, run through electron-builder (`nsis.script`), which gives PRODUCT_NAME, VERSION and
; the icon; `npm run package` gives the list of files and the other names (build/windows/setup.ts).
; It uses only plug-ins that Debian's NSIS has too. Per machine; silent with /S, folder with /D=path, last and unquoted.
;
; Exit codes: 0 done; 1 given up by the person; 2 a file could not be written; 3 the program is running; 4 the office
; folder's name is taken by a link or a file; 5 the office folder could not be made; 6 this Windows is not 64-bit;
; 7 the MSI is installed.

!include MUI2.nsh
!include LogicLib.nsh
!include x64.nsh

!define UNINSTALLER "Uninstall.exe"

Name "${PRODUCT_NAME}"
BrandingText "${PRODUCT_NAME} ${VERSION}"
RequestExecutionLevel admin
ManifestDPIAware true
SetCompress auto
SetCompressor lzma
ShowInstDetails nevershow
ShowUninstDetails nevershow

!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_NOAUTOCLOSE
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE Vietnamese
!insertmacro MUI_LANGUAGE English

LangString running ${LANG_VIETNAMESE} "${PRODUCT_NAME} đang chạy. Hãy đóng chương trình ở mọi tài khoản Windows rồi chạy lại bộ cài."
LangString running ${LANG_ENGLISH} "${PRODUCT_NAME} is running. Close it in every Windows account, then run setup again."
LangString taken ${LANG_VIETNAMESE} "Thư mục văn phòng $APPDATA\BanVanThu là liên kết hoặc tệp, nên không được dùng. Hãy đổi tên hoặc xoá nó rồi chạy lại bộ cài."
LangString taken ${LANG_ENGLISH} "The office folder $APPDATA\BanVanThu is a link or a file and is not used. Rename or delete it, then run setup again."
LangString notMade ${LANG_VIETNAMESE} "Không tạo được thư mục văn phòng $APPDATA\BanVanThu. Hãy chạy bộ cài bằng tài khoản quản trị."
LangString notMade ${LANG_ENGLISH} "The office folder $APPDATA\BanVanThu could not be made. Run setup as an administrator."
LangString need64 ${LANG_VIETNAMESE} "${PRODUCT_NAME} cần Windows 64 bit."
LangString need64 ${LANG_ENGLISH} "${PRODUCT_NAME} needs 64-bit Windows."
LangString msi ${LANG_VIETNAMESE} "${PRODUCT_NAME} đã được cài bằng gói MSI. Hãy cập nhật bằng gói MSI, hoặc gỡ nó (dữ liệu vẫn còn) rồi chạy lại bộ cài."
LangString msi ${LANG_ENGLISH} "${PRODUCT_NAME} is installed by its MSI. Update it with the MSI, or uninstall that (records stay) and run setup again."

!macro stop CODE SENTENCE
  MessageBox MB_OK|MB_ICONSTOP "${SENTENCE}" /SD IDOK
  SetErrorLevel ${CODE}
  Quit
!macroend

; A running program can be renamed and deleted from the list, but not opened for writing.
!macro stopWhenRunning FOLDER
  ${If} ${FileExists} "${FOLDER}\${PROGRAM}"
    ClearErrors
    FileOpen $0 "${FOLDER}\${PROGRAM}" a
    ${If} ${Errors}
      !insertmacro stop 3 "$(running)"
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

!macro start
  ${IfNot} ${RunningX64}
    !insertmacro stop 6 "$(need64)"
  ${EndIf}
  SetRegView 64
  SetShellVarContext all
!macroend

Function .onInit
  !insertmacro start
  ${If} $INSTDIR == ""
    ReadRegStr $INSTDIR HKLM "${UNINSTALL_KEY}" InstallLocation
  ${EndIf}
  ${If} $INSTDIR == ""
    StrCpy $INSTDIR "$PROGRAMFILES64\BanVanThu"
  ${EndIf}
FunctionEnd

Function un.onInit
  !insertmacro start
FunctionEnd

; Windows Installer lists the products of an upgrade code; 0: there is a first one.
!macro stopWhenMsiIsHere
  System::Call 'msi::MsiEnumRelatedProductsW(w "${MSI_UPGRADE_CODE}", i 0, i 0, w .r1) i .r0'
  ${If} $0 == 0
    !insertmacro stop 7 "$(msi)"
  ${EndIf}
!macroend

Section
  !insertmacro stopWhenMsiIsHere
  ReadRegStr $R0 HKLM "${UNINSTALL_KEY}" InstallLocation
  ${If} $R0 != ""
    !insertmacro stopWhenRunning $R0
  ${EndIf}
  !insertmacro stopWhenRunning $INSTDIR

  InitPluginsDir
  File "/oname=$PLUGINSDIR\office-folder.exe" "${OFFICE_FOLDER_MAKER}"
  ExecWait '"$PLUGINSDIR\office-folder.exe"' $0
  ${If} $0 == 4
    !insertmacro stop 4 "$(taken)"
  ${ElseIf} $0 != 0
    !insertmacro stop 5 "$(notMade)"
  ${EndIf}

  ; The version before takes its own files away; `_?=` makes it wait for that instead of going on as a copy of itself.
  ${If} $R0 != ""
  ${AndIf} ${FileExists} "$R0\${UNINSTALLER}"
    ExecWait '"$R0\${UNINSTALLER}" /S _?=$R0' $0
    ${If} $0 != 0
      !insertmacro stop $0 "$(running)"
    ${EndIf}
    Delete "$R0\${UNINSTALLER}"
    RMDir "$R0"
  ${EndIf}

  !insertmacro installFiles
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\${UNINSTALLER}"
  CreateShortcut "$SMPROGRAMS\${PRODUCT_NAME}.lnk" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKLM "${UNINSTALL_KEY}" DisplayName "${PRODUCT_NAME}"
  WriteRegStr HKLM "${UNINSTALL_KEY}" DisplayVersion "${VERSION}"
  WriteRegStr HKLM "${UNINSTALL_KEY}" DisplayIcon "$INSTDIR\${PROGRAM}"
  WriteRegStr HKLM "${UNINSTALL_KEY}" Publisher "${PRODUCT_NAME}"
  WriteRegStr HKLM "${UNINSTALL_KEY}" InstallLocation "$INSTDIR"
  WriteRegStr HKLM "${UNINSTALL_KEY}" UninstallString '"$INSTDIR\${UNINSTALLER}"'
  WriteRegStr HKLM "${UNINSTALL_KEY}" QuietUninstallString '"$INSTDIR\${UNINSTALLER}" /S'
  WriteRegDWORD HKLM "${UNINSTALL_KEY}" EstimatedSize ${ESTIMATED_SIZE}
  WriteRegDWORD HKLM "${UNINSTALL_KEY}" NoModify 1
  WriteRegDWORD HKLM "${UNINSTALL_KEY}" NoRepair 1
SectionEnd

; What was installed goes, file by file; the office folder and whatever else lies in the program's folder stay.
Section Uninstall
  !insertmacro stopWhenRunning $INSTDIR
  !insertmacro removeFiles
  Delete "$INSTDIR\${UNINSTALLER}"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${PRODUCT_NAME}.lnk"
  DeleteRegKey HKLM "${UNINSTALL_KEY}"
SectionEnd
