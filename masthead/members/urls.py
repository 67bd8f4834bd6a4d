"""Addresses of signing in and the account."""

from django.urls import path

from masthead.members.views import account, passkeys, second_factor, signing_in

urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-up/", signing_in.sign_in, {"is_new": True}, name="sign_up"),
    path("sign-in/code/", signing_in.sign_in_code, name="sign_in_code"),
    path("sign-in/passkey/begin/", passkeys.begin_signing_in, name="passkey_begin"),
    path("sign-in/passkey/", passkeys.finish_signing_in, name="passkey_sign_in"),
    path("sign-out/", signing_in.sign_out, name="sign_out"),
    path("account/devices/", account.devices, name="devices"),
    path("account/devices/others/", account.sign_out_others, name="sign_out_others"),
    path("account/devices/<str:public_id>/", account.sign_out_device, name="sign_out_device"),
    path("account/mail/", account.change_mail, name="change_mail"),
    path("account/mail/code/", account.change_mail_code, name="change_mail_code"),
    path("account/passkeys/", passkeys.passkeys, name="passkeys"),
    path("account/passkeys/add/begin/", passkeys.begin_adding, name="passkey_add_begin"),
    path("account/passkeys/add/", passkeys.finish_adding, name="passkey_add"),
    path("account/passkeys/<str:public_id>/", passkeys.remove, name="passkey_remove"),
    path("account/confirm/", second_factor.page, name="second_factor"),
    path("account/confirm/begin/", second_factor.begin, name="second_factor_begin"),
    path("account/confirm/finish/", second_factor.finish, name="second_factor_finish"),
    path("account/data/", account.download_own_data, name="own_data"),
    path("account/delete/", account.delete_account, name="delete_account"),
]
