; Vietnamese installer texts that electron-builder does not have (it falls back to English).
; Language 1066 is Vietnamese, 1033 English; tests/packaging.test.ts checks that none is missing.
!macro customHeader
  ; electron-builder has filled these with English already: to replace them is the purpose.
  !pragma warning push
  !pragma warning disable 6030
  LangString win7Required 1066 "Cần Windows 7 trở lên"
  LangString x64WinRequired 1066 "Cần Windows 64 bit"
  LangString appRunning 1066 "${PRODUCT_NAME} đang chạy.$\r$\nBấm OK để đóng chương trình.$\r$\nNếu chương trình không đóng, hãy tự đóng rồi thử lại."
  LangString installing 1066 "Đang cài đặt, xin chờ…"
  LangString areYouSureToUninstall 1066 "Gỡ ${PRODUCT_NAME} khỏi máy này? Văn bản và sổ đã lưu vẫn được giữ lại."
  LangString decompressionFailed 1066 "Không giải nén được tệp cài đặt. Hãy chạy lại bộ cài."
  LangString uninstallFailed 1066 "Không gỡ được bản cũ. Hãy đóng chương trình rồi chạy lại bộ cài."
  LangString appClosing 1066 "Đang đóng ${PRODUCT_NAME}…"
  LangString chooseInstallationOptions 1066 "Chọn cách cài đặt"
  LangString chooseUninstallationOptions 1066 "Chọn cách gỡ cài đặt"
  LangString whichInstallationShouldBeRemoved 1066 "Gỡ bản cài đặt nào?"
  LangString whoShouldThisApplicationBeInstalledFor 1066 "Cài đặt cho ai dùng?"
  LangString selectUserMode 1066 "Chọn cài cho mọi người dùng máy này hay chỉ cho riêng bạn"
  LangString whichInstallationRemove 1066 "Chương trình đang được cài cả cho mọi người dùng và cho riêng bạn.$\r$\nBạn muốn gỡ bản nào?"
  LangString freshInstallForAll 1066 "Cài mới cho mọi người dùng (cần quyền quản trị)."
  LangString freshInstallForCurrent 1066 "Cài mới cho riêng người dùng hiện tại."
  LangString onlyForMe 1066 "Chỉ cho &tôi"
  LangString forAll 1066 "Cho &mọi người dùng máy này"
  LangString loginWithAdminAccount 1066 "Cần đăng nhập bằng tài khoản quản trị để tiếp tục."
  LangString perUserInstallExists 1066 "Đã có bản cài cho riêng bạn."
  LangString perUserInstall 1066 "Có bản cài cho riêng bạn."
  LangString perMachineInstallExists 1066 "Đã có bản cài cho mọi người dùng."
  LangString perMachineInstall 1066 "Có bản cài cho mọi người dùng."
  LangString reinstallUpgrade 1066 "Sẽ cài lại hoặc nâng cấp."
  LangString uninstall 1066 "Sẽ gỡ cài đặt."
  !pragma warning pop
!macroend
