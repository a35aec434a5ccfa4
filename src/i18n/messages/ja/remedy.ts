/** 通らなかった呼び出しの直し方。 */
export const remedy = {
  label: '直すには：',
  'mend-the-client-certificate-file':
    '`--cert` にはクライアント証明書の PEM ファイルを、`--key` にはその証明書と対になる秘密鍵を渡します。curl は接続してからファイルを読み、TLS を始める前に止まりました。どのプロキシにも 1 バイトも届いていません。',
  'mend-the-ca-file':
    '`--cacert` には、読み取れて CA 証明書が 1 つ以上入った PEM ファイルを渡します。curl は接続してからファイルを読み、TLS を始める前に止まりました。どのプロキシにも 1 バイトも届いていません。',
  'resolve-the-name':
    '呼び出し元から解決できる名前を使います。別の名前空間からは `service.namespace`、外部のホストには ServiceEntry が必要です。',
  'register-the-host':
    'このホストとポートの ServiceEntry を、呼び出し元から見える場所に加えます。outboundTrafficPolicy が REGISTRY_ONLY のとき、サイドカーはメッシュが知っている宛先にしか通しません。',
  'open-the-port':
    'その先で待ち受けるものを用意します。セレクターがゲートウェイに一致する Gateway のサーバー、そのポートを持つ Service、または別のポートです。',
  'let-the-packets-through':
    'この接続を許す NetworkPolicy のルールを加えます。宛先 Pod の `ingress` に呼び出し元と Pod 自身のポートを、呼び出し元に Egress のポリシーがあればその `egress` にも書きます。DNS は kube-system への UDP 53 です。',
  'say-whether-policies-are-enforced':
    'クラスターのネットワークが NetworkPolicy をどう扱うかを指定します。Calico や Cilium などは許可のないパケットを破棄し、flannel だけの構成は無視します。答えは Namespace kube-system のアノテーションに残ります。',
  enforced: 'パケットを破棄する',
  ignored: '無視する',
  'mend-the-listener':
    'Gateway はこのポートを開こうとしますが、Envoy がリスナーを拒否しています。上の Envoy のメッセージが原因の設定を示しています。2 つのサーバーに同じホストは書けません。subjectAltNames には照合のための CA（MUTUAL）が必要です。',
  'trust-the-server-ca':
    'サーバー証明書に署名した CA を、呼び出し元が信頼するようにします（`--cacert`、または DestinationRule の caCertificates / credentialName）。',
  'use-a-name-of-the-certificate':
    '証明書にある名前で呼び出すか、使う名前を含む証明書を発行します。暗号化するプロキシは DestinationRule の subjectAltNames を、なければ sni か Host を照合します。',
  'renew-the-server-certificate':
    '現在有効な証明書をサーバーに持たせます。ゲートウェイなら Secret に、アプリケーション（PASSTHROUGH や外部）ならそれ自身のファイルに入れます。',
  'fix-the-server-certificate': '検査が求める用途と制約でサーバー証明書を発行し直します。',
  'send-a-client-certificate':
    'クライアント証明書を送ります（`--cert`、`--key`）。求めない場合はモードを SIMPLE か OPTIONAL_MUTUAL にします。',
  'originate-mutual-tls':
    'サーバーはプロキシにクライアント証明書を求めています。DestinationRule を `mode: MUTUAL` にし、その credentialName の Secret に証明書と鍵を入れます。',
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
  'send-a-proper-path': 'ゼロバイト（%00）や壊れたエスケープのないパスで送ります。Envoy はこのパスを正規化できません。',
  'send-a-host':
    'Host ヘッダー（HTTP/2 では `:authority`）を付けて送ります。プロキシはこれでルートを選びます。curl は `-H Host:` では送らず、`-H Host;` では空で送ります。',
  'send-smaller-headers':
    'ヘッダーを減らすか短くします。Envoy が受け付けるのは 60 KiB、100 個までです。大きな Cookie や重なったトークンがよくある原因で、途中のプロキシもヘッダーを加えます。',
  'supply-the-secret':
    'credentialName の Secret を、それを使うプロキシの Pod と同じ名前空間に作ります（ゲートウェイ、DestinationRule では呼び出し元）。作ればすぐに使われ、再起動は要りません。',
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
  'speak-tls-to-the-server':
    'サーバーはこのポートで TLS しか受けませんが、平文の HTTP が届きました。このプロキシから見え、このプロキシを対象とする DestinationRule（`tls: {mode: SIMPLE}`）で暗号化させるか、https:// で呼び出します。',
  'terminate-tls-at-the-gateway':
    'ゲートウェイは TLS をそのまま渡しますが（PASSTHROUGH）、その先のサーバーは平文を話しています。サーバーに TLS を話させるか、ゲートウェイで終端します（mode SIMPLE、credentialName、http のルート）。',
  'encrypt-once':
    'リクエストはすでに TLS なのに、DestinationRule がもう一度暗号化しています。このホストとポートの `tls` を外す（または mode DISABLE にする）か、http:// で送って TLS はプロキシに任せます。',
  'use-a-listed-server-name':
    'Gateway のサーバーに載っているホストで呼び出すか（SNI で照合されます）、そのホストを加えます。',
  'use-mesh-mtls':
    'DestinationRule を ISTIO_MUTUAL にするか、外します。サイドカーの HTTP ポートは、ほかの TLS を受け取りません。',
  'call-with-mtls':
    'サイドカーのあるワークロードから、TLS を切る DestinationRule なしで呼び出します。または PERMISSIVE で平文を受け入れます。',
  'add-a-route': 'このホストとゲートウェイを指し、このパスに一致する VirtualService を加えます。',
  'take-the-fault-away': 'VirtualService のルールから `fault` を外すか、割合を下げます。',
  'widen-the-pool':
    'DestinationRule の connectionPool の上限（maxConnections、http1MaxPendingRequests、http2MaxRequests）を上げるか、同時に進む呼び出しを減らします。あふれた呼び出しにはすぐに応答が返り、再試行はされません。',
  'name-an-existing-cluster':
    '存在する宛先を指定します。Service の完全なホスト名、Service のポート、ここから見える DestinationRule のサブセットを確かめます。',
  'give-the-service-endpoints': 'Service（またはサブセット）が Pod を選ぶように、ラベルとセレクターを合わせます。',
  'make-the-application-listen':
    'targetPort（または Sidecar の defaultEndpoint）を、アプリケーションが待ち受けているポートに向けます。',
  'reach-the-address':
    'エンドポイントを、存在し、この Pod から届くアドレスに向けます。このアドレスは誰も使っていないか、そこへの経路がありません。',
  'give-a-key-set':
    'RequestAuthentication の `jwks` に鍵を 1 つ以上入れるか、jwksUri で鍵セットを指します。空の鍵セットでは Envoy がリスナーを拒否し、何も開きません。',
  'mend-the-application':
    'アプリケーション自身のログを調べます。リクエストは届いており、メッシュの側に問題はありません。時間内に答えさせるのが解決で、VirtualService の `timeout` は失敗を早めるだけです。ここでの振る舞いは Pod のアノテーション meshverdict.dev/serves が決めています。',
  'name-the-protocol':
    'サーバーはこのポートで HTTP を話していません。Service のポート名を話すプロトコルに合わせる（`tcp-…` または appProtocol）か、HTTP を話すポートに送ります。',
  'change-the-policy': '許可する変更の候補を見てください。',
  'present-an-accepted-token':
    '発行者・対象者・鍵・有効期限が受け入れられるトークンを送るか、不要ならトークンを付けずに送ります。',
  'ask-the-authorizer': '外部認可サービスの管理者に確認するか、CUSTOM ルールからこの呼び出しを外します。',
} as const;
