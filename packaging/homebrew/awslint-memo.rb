# The formula of the tap OWNER/homebrew-tap. `python -m bench.packages` writes the hashes of a release into it.
class AwslintMemo < Formula
  desc "Linter of AWS best practices for CloudFormation, SAM, CDK and Terraform"
  homepage "https://github.com/OWNER/awslint-memo"
  version "0.2.0"
  license "MIT"

  on_macos do
    on_arm do
      url "https://github.com/OWNER/awslint-memo/releases/download/v0.2.0/awslint-memo-0.2.0-macos-arm64.tar.gz"
      sha256 "@SHA256:awslint-memo-0.2.0-macos-arm64.tar.gz@"
    end
    on_intel do
      url "https://github.com/OWNER/awslint-memo/releases/download/v0.2.0/awslint-memo-0.2.0-macos-x86_64.tar.gz"
      sha256 "@SHA256:awslint-memo-0.2.0-macos-x86_64.tar.gz@"
    end
  end

  on_linux do
    on_arm do
      url "https://github.com/OWNER/awslint-memo/releases/download/v0.2.0/awslint-memo-0.2.0-linux-arm64.tar.gz"
      sha256 "@SHA256:awslint-memo-0.2.0-linux-arm64.tar.gz@"
    end
    on_intel do
      url "https://github.com/OWNER/awslint-memo/releases/download/v0.2.0/awslint-memo-0.2.0-linux-x86_64.tar.gz"
      sha256 "@SHA256:awslint-memo-0.2.0-linux-x86_64.tar.gz@"
    end
  end

  def install
    libexec.install Dir["*"]
    bin.write_exec_script libexec/"awslint-memo"
  end

  test do
    (testpath/"main.tf").write <<~HCL
      resource "aws_db_instance" "db" {
        engine                  = "mysql"
        backup_retention_period = 0
      }
    HCL
    assert_match "rds-backup-retention", shell_output("#{bin}/awslint-memo lint main.tf", 1)
  end
end
