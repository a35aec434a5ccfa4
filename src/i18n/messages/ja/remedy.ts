/** 通らなかった呼び出しの直し方。 */
export const remedy = {
  label: '直すには：',
  'resolve-the-name':
    '呼び出し元から解決できる名前を使います。別の名前空間からは `service.namespace`、外部のホストには ServiceEntry が必要です。',
  'open-the-port':
    'その先で待ち受けるものを用意します。セレクターがゲートウェイに一致する Gateway のサーバー、そのポートを持つ Service、または別のポートです。',
  'mend-the-listener':
    'Gateway はこのポートを開こうとしますが、Envoy がリスナーを拒否しています。上の Envoy のメッセージが原因の設定を示しています。2 つのサーバーに同じホストは書けません。subjectAltNames には照合のための CA（MUTUAL）が必要です。',
  'trust-the-server-ca':
    'サーバー証明書に署名した CA を、呼び出し元が信頼するようにします（`--cacert`、または DestinationRule の caCertificates / credentialName）。',
  'use-a-name-of-the-certificate': '証明書にある名前で呼び出すか、使う名前を含む証明書を発行します。',
  'renew-the-server-certificate': '現在有効な証明書を Secret に入れます。',
  'fix-the-server-certificate': '検査が求める用途と制約でサーバー証明書を発行し直します。',
  'send-a-client-certificate':
    'クライアント証明書を送ります（`--cert`、`--key`）。求めない場合はモードを SIMPLE か OPTIONAL_MUTUAL にします。',
  'use-a-certificate-of-the-client-ca':
    'サーバー側の CA が署名したクライアント証明書を使うか、その CA を資格情報の cacert（ca.crt）に加えます。',
  'renew-the-client-certificate': '現在有効なクライアント証明書を使います。',
  'use-an-accepted-client-name':
    '受け入れられる名前のクライアント証明書を使うか、その名前を subjectAltNames に（信頼ドメインなら trustDomainAliases に）加えます。',
  'fix-the-client-certificate': '検査が求める用途と制約でクライアント証明書を発行し直します。',
  'use-a-pinned-certificate':
    'verifyCertificateHash（または verifyCertificateSpki）にあるハッシュの証明書を使うか、この証明書のハッシュをそこに加えます。',
  'replace-the-revoked-certificate':
    '失効していない証明書を使います。チェーンのすべての CA について、有効な失効リストが資格情報の crl（ca.crl）に必要です。',
  'agree-on-tls-version':
    '両者に共通の TLS バージョンと暗号スイートを設定します（minProtocolVersion、maxProtocolVersion、cipherSuites、`--tls-max`）。',
  'use-http-1.1': 'HTTP/1.1 か HTTP/2 で送ります。Envoy は HTTP/1.0 に応じません。',
  'supply-the-secret':
    'credentialName の Secret を、ゲートウェイの Pod と同じ名前空間に作ります。作ればすぐに使われ、再起動は要りません。',
  'keep-the-secret-with-the-gateway':
    'Secret の写しを、ゲートウェイの Pod と同じ名前空間に置きます。ReferenceGrant があっても、istiod は別の名前空間の Secret をゲートウェイに渡しません。',
  'use-the-secret-keys':
    'Secret のキーを Istio が読む名前にします。tls.crt と tls.key（または cert と key）、MUTUAL では ca.crt（または cacert）も必要です。CA は …-cacert という名前の Secret に分けることもできます。',
  'grant-the-reference':
    'Secret の名前空間に ReferenceGrant を加え、Gateway の名前空間の kind Gateway から kind Secret への参照を許可します。',
  'mend-the-secret':
    '読み込める PEM を Secret に入れます。証明書チェーンは末端の証明書から並べ、秘密鍵はその証明書と対のものにします。CA 証明書は ca.crt（または cacert）に入れます。',
  'speak-tls-to-the-port': 'このポートには https:// を使うか、平文の HTTP を受けるポートを使います。',
  'speak-plain-text-to-the-port':
    '相手はこのポートで TLS を話しません。http:// を使うか、DestinationRule の TLS 設定を外します。',
  'use-a-listed-server-name':
    'Gateway のサーバーに載っているホストで呼び出すか（SNI で照合されます）、そのホストを加えます。',
  'use-mesh-mtls':
    'DestinationRule を ISTIO_MUTUAL にするか、外します。サイドカーの HTTP ポートは、ほかの TLS を受け取りません。',
  'call-with-mtls':
    'サイドカーのあるワークロードから、TLS を切る DestinationRule なしで呼び出します。または PERMISSIVE で平文を受け入れます。',
  'add-a-route': 'このホストとゲートウェイを指し、このパスに一致する VirtualService を加えます。',
  'take-the-fault-away': 'VirtualService のルールから `fault` を外すか、割合を下げます。',
  'name-an-existing-cluster':
    '存在する宛先を指定します。Service の完全なホスト名、Service のポート、ここから見える DestinationRule のサブセットを確かめます。',
  'give-the-service-endpoints': 'Service（またはサブセット）が Pod を選ぶように、ラベルとセレクターを合わせます。',
  'make-the-application-listen': 'targetPort を、アプリケーションが待ち受けているポートに向けます。',
  'change-the-policy': '許可する変更の候補を見てください。',
  'present-an-accepted-token':
    '発行者・対象者・鍵・有効期限が受け入れられるトークンを送るか、不要ならトークンを付けずに送ります。',
  'ask-the-authorizer': '外部認可サービスの管理者に確認するか、CUSTOM ルールからこの呼び出しを外します。',
} as const;
